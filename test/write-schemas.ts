import {readFileSync, writeFileSync} from 'node:fs'
import {brokenPromises} from './support/broken-schemas.ts'
import {run} from './support/run.ts'

// Writes test/schemas.json anew. What breaks a promise to programs is written only where that is meant: --breaking.
// node test/write-schemas.ts FILE [--breaking]
const [file = '', ...flags] = process.argv.slice(2)
const {stdout} = await run({}, ['schema'])
const broken = brokenPromises(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(stdout))
if (broken.length === 0 || flags.includes('--breaking')) {
  writeFileSync(file, stdout)
} else {
  const promises = broken.map((promise) => `  ${promise}`).join('\n')
  console.error(`Programs that read pm would break:\n${promises}\nIf that is meant: npm run schemas -- --breaking`)
  process.exitCode = 1
}
