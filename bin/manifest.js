#!/usr/bin/env node
// Writes oclif.manifest.json from the built commands, so that start-up reads one file instead of all of them.
// With --check it only compares, and exits 1 when the committed file is out of date.
import {readFileSync, writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core'

const root = fileURLToPath(new URL('..', import.meta.url))
const file = fileURLToPath(new URL('../oclif.manifest.json', import.meta.url))

const config = new Config({root, ignoreManifest: true})
await config.load()
const {commands, version} = config.plugins.get(config.name).manifest
// oclif writes every static of a command down; these are ours, and one of them holds the environment.
const own = new Set(['surroundings', 'output', 'ordering', 'permission'])
const bare = (command) => Object.fromEntries(Object.entries(command).filter(([name]) => !own.has(name)))

// What completes a command line needs of them, without loading the command.
async function fieldsOf(id) {
  const {default: Command} = await import(
    new URL(`../dist/commands/${id.replaceAll(':', '/')}.js`, import.meta.url).href
  )
  const {output = {}, ordering} = Command
  const view = output.list ?? output.record ?? output.outcome
  return {
    ...(view && {fields: Object.keys(view.fields)}),
    ...(ordering && {sortable: Object.keys(ordering.by)}),
  }
}

const ids = Object.keys(commands).sort()
const sorted = Object.fromEntries(
  await Promise.all(ids.map(async (id) => [id, {...bare(commands[id]), ...(await fieldsOf(id))}])),
)
const text = `${JSON.stringify({commands: sorted, version}, null, 2)}\n`

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
} else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('oclif.manifest.json is out of date: run npm run manifest, and commit it.\n')
  process.exitCode = 1
}
