import {spawnSync} from 'node:child_process'
import {existsSync} from 'node:fs'

/** The machine's own Node where it is older than this, as a distribution's often is. */
export function nodeOlderThan(major: number, minor: number): {path: string; version: string} | undefined {
  const found = ['/usr/bin/node', '/usr/local/bin/node'].filter((path) => existsSync(path)).map(withVersion)
  return found.find(({version}) => {
    const [itsMajor = 0, itsMinor = 0] = version.split('.').map(Number)
    return itsMajor < major || (itsMajor === major && itsMinor < minor)
  })
}

function withVersion(path: string): {path: string; version: string} {
  return {path, version: spawnSync(path, ['--version'], {encoding: 'utf8'}).stdout.trim().replace(/^v/, '')}
}
