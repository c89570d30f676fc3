import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {brokenPromises, type PromisedSchemas} from '../support/broken-schemas.ts'
import {run} from '../support/run.ts'

const published: PromisedSchemas = JSON.parse(readFileSync(new URL('../schemas.json', import.meta.url), 'utf8'))

test('no field of any output went or changed its type since test/schemas.json was written', async () => {
  const {stdout} = await run({}, ['schema'])
  expect(brokenPromises(published, JSON.parse(stdout))).toEqual([])
})

test('test/schemas.json knows every field there is: npm run schemas writes it anew', async () => {
  const {stdout} = await run({}, ['schema'])
  expect(JSON.parse(stdout)).toEqual(published)
})

test('the check sees a command and a field that went, and one that was retyped', () => {
  const old = {type: 'object', properties: {ip: {type: 'string'}, gone: {type: 'integer'}}}
  const now = {type: 'object', properties: {ip: {type: ['string', 'null']}}}
  expect(brokenPromises({x: old, y: old}, {x: now})).toEqual(['x.ip was "string"', 'x.gone went', 'y went'])
})

test('npm run schemas writes nothing that breaks a promise', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pm-schemas-'))
  const file = join(folder, 'schemas.json')
  const promised = `${JSON.stringify({...published, 'ip forget': {type: 'object'}})}\n`
  writeFileSync(file, promised)
  const write = (...flags: string[]) =>
    spawnSync(process.execPath, ['test/write-schemas.ts', file, ...flags], {encoding: 'utf8'})

  expect(write()).toMatchObject({
    status: 1,
    stderr: 'Programs that read pm would break:\n  ip forget went\nIf that is meant: npm run schemas -- --breaking\n',
  })
  expect(readFileSync(file, 'utf8')).toBe(promised)
  expect(write('--breaking')).toMatchObject({status: 0})
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(published)
  rmSync(folder, {recursive: true})
})

test('tells the schema of one command, and of none that writes no data', async () => {
  expect(JSON.parse((await run({}, ['schema', 'ip', 'list'])).stdout)).toMatchObject({
    type: 'array',
    items: {title: 'IP'},
  })
  expect(await run({}, ['schema', 'nothing'])).toMatchObject({exitCode: 3, stdout: ''})
})
