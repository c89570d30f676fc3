#!/usr/bin/env node
// pm from its source, without a build: Node strips the types.
const {main} = await import('../src/cli/main.ts')
await main(process.argv.slice(2), {
  root: new URL('..', import.meta.url),
  commands: new URL('../src/commands/', import.meta.url),
  extension: '.ts',
})
