import {spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {permissionNames} from '../../rules/permissions.ts'
import type {Context} from '../contexts/context.ts'
import {searchContexts} from '../contexts/overview.ts'
import {resolveContext, type Sources} from '../contexts/resolve.ts'
import type {LiveNames, Names} from './known.ts'
import {NameCache} from './name-cache.ts'

// The sandbox has one user, whom reading it would keep waiting, and changes little.
const freshMs = {server: 60_000, sandbox: 600_000}

/** Where names are kept, and which pm reads them anew. */
export interface NameSource {
  sources: Sources
  cacheFolder: string
  root: URL
}

/** The names that are kept, as they are: nothing is waited for, and what is old is read anew in the background. */
export function cachedNames({sources, cacheFolder, root}: NameSource): LiveNames {
  return (noun, typed, flag) => {
    const here = {...sources, flag}
    if (noun === 'context')
      return known(searchContexts('', here).map(({value, description}) => ({value, about: description})))
    if (noun === 'permission') return known(permissionNames.map((value) => ({value})))
    const context = resolveContext(here)
    const cache = new NameCache(cacheFolder, context)
    const found = cache.find(noun, typed)
    const isOld = !found || Date.now() - found.read > freshMs[context.place.type]
    if (isOld && canRead(context) && cache.claim('all')) readAnew(root, flag, [])
    // Of very many names only some are kept; those that begin as typed are asked for.
    else if (found && !found.isWhole && found.beginning !== typed.toLowerCase() && cache.claim(`${noun} ${typed}`))
      readAnew(root, flag, ['--noun', noun, '--beginning', typed])
    return found ?? {candidates: [], isWhole: true}
  }
}

function known(candidates: Names['candidates']): Names {
  return {candidates, isWhole: true}
}

// A key that was pressed does not make a sandbox.
function canRead({place}: Context): boolean {
  return place.type === 'server' || existsSync(place.folder)
}

function readAnew(root: URL, flag: string | undefined, words: readonly string[]): void {
  const place = flag === undefined ? [] : ['--context', flag]
  const script = fileURLToPath(new URL('bin/run.js', root))
  spawn(process.execPath, [script, 'completion', 'refresh', ...words, ...place], {
    detached: true,
    stdio: 'ignore',
  }).unref()
}
