#!/usr/bin/env node
import module from 'node:module'
import {homedir, userInfo} from 'node:os'
import {join} from 'node:path'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(`pm needs Node.js 22.19 or newer; this is ${process.versions.node}.\n`)
  process.exit(2) // reason: nothing below can be loaded by an older Node.js, not even to report it
}

// In the operator's own folder, not in a shared one where somebody else could put code. HOME can be set and empty.
const cache = process.env.XDG_CACHE_HOME || join(homedir() || userInfo().homedir, '.cache')
module.enableCompileCache?.(join(cache, 'pm', 'compiled'))

const project = {
  root: new URL('..', import.meta.url),
  commands: new URL('../dist/commands/', import.meta.url),
  extension: '.js',
}
const [first, ...rest] = process.argv.slice(2)
if (first === '__complete') {
  // Asked at every Tab: it has a door of its own, so that nothing else is loaded.
  const {answer} = await import('../dist/completion.js')
  await answer(rest, project)
} else {
  const {main} = await import('../dist/main.js')
  await main(process.argv.slice(2), project)
}
