#!/usr/bin/env node
// pm from its source, without a build: Node strips the types. Reads the commands themselves instead of the manifest.
process.env.PM_FROM_SOURCE = '1'
const {main} = await import('../src/cli/main.ts')
await main(process.argv.slice(2), new URL('..', import.meta.url).href)
