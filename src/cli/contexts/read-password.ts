import {UsageError} from '../../rules/errors.ts'
import {askSecret, canAsk} from '../ask.ts'
import type {Terminal} from '../terminal.ts'

/** The password for `--password-stdin`: the one line of stdin; at a terminal it is asked for, unseen. @throws UsageError */
export async function readPassword(terminal: Terminal, noInput: boolean | undefined): Promise<string> {
  const text = terminal.isTTY.stdin ? await ask(terminal, noInput) : await terminal.readInput()
  const password = text.replace(/\r?\n$/, '')
  if (password === '') throw new UsageError('There is no password on stdin.', {hint: 'It is read from there: … < FILE'})
  if (!/[\r\n\0]/.test(password)) return password
  throw new UsageError('There is more than a password on stdin.', {hint: 'It must be one line.'})
}

async function ask(terminal: Terminal, noInput: boolean | undefined): Promise<string> {
  if (canAsk(terminal, noInput)) return askSecret('Password:')
  throw new UsageError('--password-stdin reads stdin, which is a terminal.', {hint: 'Pipe the password in: … < FILE'})
}
