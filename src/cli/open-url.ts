import {spawn} from 'node:child_process'
import type {Surroundings} from './surroundings.ts'

/**
 * Opens a page in the operator's browser; false where there is none, or nobody at a terminal to look at it. Only https
 * is opened, and without a shell: an address is never a command.
 */
export async function openUrl(url: string, {terminal, env}: Pick<Surroundings, 'terminal' | 'env'>): Promise<boolean> {
  const isPage = URL.parse(url)?.protocol === 'https:'
  if (!isPage || !terminal.isTTY.stdout || !hasScreen(env)) return false
  const [command = '', ...words] = opener(env)
  return start(command, [...words, url])
}

function hasScreen(env: Surroundings['env']): boolean {
  // In a session over ssh the browser would open on a screen that nobody there looks at.
  if (env.SSH_CONNECTION || env.SSH_TTY) return false
  if (env.BROWSER || process.platform !== 'linux') return true
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY || env.WSL_DISTRO_NAME)
}

function opener({BROWSER}: Surroundings['env']): string[] {
  if (BROWSER) return [BROWSER]
  if (process.platform === 'darwin') return ['open']
  // explorer.exe does as it is told by its one argument; cmd's `start` would read the & of an address.
  return process.platform === 'win32' ? ['explorer.exe'] : ['xdg-open']
}

/** Starts it on its own, with nothing of ours; false where there is no such program. */
function start(command: string, words: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, words, {detached: true, stdio: 'ignore'})
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
