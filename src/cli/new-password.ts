import {UsageError} from '../rules/errors.ts'
import {readSecrets} from './contexts/read-secrets.ts'
import type {Terminal} from './terminal.ts'

// The least that NIST SP 800-63B allows. The server cannot judge it: it only sees a verifier.
const shortest = 8

/**
 * A password for a login that is to be made, from stdin. Printable ASCII alone, because every driver turns that into the
 * same verifier.
 * @throws UsageError
 */
export async function readNewPassword(terminal: Terminal, noInput: boolean | undefined): Promise<string> {
  const {password = ''} = await readSecrets(['password'], terminal, noInput)
  if (password.length < shortest) throw new UsageError(`The password has fewer than ${shortest} characters.`)
  if (/^[ -~]*$/.test(password)) return password
  throw new UsageError('The password has other characters than those of ASCII.', {
    hint: 'Letters without accents, digits, spaces and punctuation work with every driver.',
  })
}
