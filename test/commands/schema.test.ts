import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {run} from '../support/run.ts'

type Schema = {type?: unknown; enum?: unknown[]; properties?: Record<string, Schema>; items?: Schema}

const published: Record<string, Schema> = JSON.parse(readFileSync(new URL('../schemas.json', import.meta.url), 'utf8'))

/** What a reader of the old output would miss in the new: fields that went, and fields of another type. */
function broken(old: Schema, now: Schema | undefined, path: string): string[] {
  if (!now) return [`${path} went`]
  const retyped =
    JSON.stringify(old.type) === JSON.stringify(now.type) ? [] : [`${path} was ${JSON.stringify(old.type)}`]
  const fields = Object.entries(old.properties ?? {}).flatMap(([name, field]) =>
    broken(field, now.properties?.[name], `${path}.${name}`),
  )
  return [...retyped, ...fields, ...(old.items ? broken(old.items, now.items, `${path}[]`) : [])]
}

test('no field of any output went or changed its type since test/schemas.json was written', async () => {
  const {stdout} = await run({}, ['schema'])
  const now: Record<string, Schema> = JSON.parse(stdout)
  expect(Object.entries(published).flatMap(([command, schema]) => broken(schema, now[command], command))).toEqual([])
})

test('test/schemas.json knows every field there is: npm run schemas writes it anew', async () => {
  const {stdout} = await run({}, ['schema'])
  expect(JSON.parse(stdout)).toEqual(published)
})

test('the check sees a field that went and one that was retyped', () => {
  const old = {type: 'object', properties: {ip: {type: 'string'}, gone: {type: 'integer'}}}
  const now = {type: 'object', properties: {ip: {type: ['string', 'null']}}}
  expect(broken(old, now, 'x')).toEqual(['x.ip was "string"', 'x.gone went'])
})

test('tells the schema of one command, and of none that writes no data', async () => {
  expect(JSON.parse((await run({}, ['schema', 'ip', 'list'])).stdout)).toMatchObject({
    type: 'array',
    items: {title: 'IP'},
  })
  expect(await run({}, ['schema', 'nothing'])).toMatchObject({exitCode: 3, stdout: ''})
})
