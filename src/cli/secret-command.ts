import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {text} from 'node:stream/consumers'
import {sanitize} from '../output/sanitize.ts'
import {TimedOut, UpstreamFailed} from '../rules/errors.ts'
import type {Environment} from './contexts/server-address.ts'

/** A secret, and what it is to be kept under. */
interface Secret {
  secret: string
  /** `vault://mail/dkim/acme.example/pm2` */
  reference: string
}

interface Limits {
  env: Environment
  signal: AbortSignal
  timeoutMs: number
}

/**
 * Hands a secret to the command that a context has for that: on its stdin, its reference in PM_SECRET_REF. Neither is ever
 * among the arguments of a process, where others on the machine could read them.
 * @throws UpstreamFailed, TimedOut: the secret may not have been stored; the reason of the signal
 */
export async function keepSecret(
  command: string,
  {secret, reference}: Secret,
  {env, signal, timeoutMs}: Limits,
): Promise<void> {
  // A group of its own, so that whatever the command has started ends with it.
  const child = spawn('/bin/sh', ['-c', command], {
    detached: true,
    env: {...env, PM_SECRET_REF: reference},
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const late = AbortSignal.timeout(timeoutMs)
  const end = () => endGroup(child)
  const either = AbortSignal.any([signal, late])
  either.addEventListener('abort', end)
  // It may end without having read anything.
  child.stdin.on('error', () => {}).end(secret)
  try {
    const [[code], complaints] = await Promise.all([once(child, 'close'), text(child.stderr)])
    signal.throwIfAborted()
    if (late.aborted) throw new TimedOut('The command for secrets took too long and was ended. Nothing was changed.')
    if (code !== 0) throw failed(code, complaints, secret)
  } finally {
    either.removeEventListener('abort', end)
  }
}

function endGroup({pid}: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

function failed(code: unknown, complaints: string, secret: string): UpstreamFailed {
  const last = complaints.trim().split('\n').at(-1) ?? ''
  const said = last === '' ? '' : ` It said: ${sanitize(withoutSecret(last, secret)).slice(0, 200)}`
  return new UpstreamFailed(`The command for secrets failed (exit ${code}).${said}`, {
    hint: 'Nothing was changed. See the command: pm context show',
  })
}

/** A command that fails may repeat what it was given. */
function withoutSecret(text: string, secret: string): string {
  const lines = secret.split('\n').filter((line) => line.length > 8)
  return lines.some((line) => text.includes(line.slice(0, 16))) ? '…' : text
}
