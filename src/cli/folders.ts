import {homedir, platform, userInfo} from 'node:os'
import {join} from 'node:path'
import type {Environment} from './contexts/server-address.ts'

/** Where pm keeps what is the operator's own. */
export interface Folders {
  config: string
  data: string
  cache: string
}

/** `PM_CONFIG_DIR`, `PM_DATA_DIR` and `PM_CACHE_DIR`, else those of the XDG Base Directory Specification. */
export function foldersOf(env: Environment): Folders {
  // HOME can be set and empty.
  const home = env.HOME || homedir() || userInfo().homedir
  const place = (category: string, usual: string) => {
    const base = env[`XDG_${category}_HOME`] || (platform() === 'win32' && env.LOCALAPPDATA) || join(home, usual)
    return env[`PM_${category}_DIR`] || join(base, 'pm')
  }
  return {
    config: place('CONFIG', '.config'),
    data: place('DATA', '.local/share'),
    cache: place('CACHE', platform() === 'darwin' ? 'Library/Caches' : '.cache'),
  }
}
