import {chmodSync, mkdtempSync, readdirSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {Recent} from '../../src/cli/recent.ts'

const sandbox = {name: 'sandbox', place: {type: 'sandbox', folder: '/nowhere', login: 'you'}} as const
const ip = (address: string) => ({words: ['ip', 'show', address], name: address})

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'pm-recent-'))
}

test('remembers ten, the last first, and each once', () => {
  const recent = new Recent(folder(), sandbox)
  for (let last = 1; last <= 12; last += 1) recent.add(ip(`192.0.2.${last}`))
  recent.add(ip('192.0.2.5'))
  expect(recent.list().map(({name}) => name)).toEqual(
    [5, 12, 11, 10, 9, 8, 7, 6, 4, 3].map((last) => `192.0.2.${last}`),
  )
})

test('keeps what was seen in one place apart from another', () => {
  const cache = folder()
  new Recent(cache, sandbox).add(ip('192.0.2.1'))
  expect(new Recent(cache, {...sandbox, name: 'other'}).list()).toEqual([])
})

test.each(['{', '[1]', '{"words": []}', '[{"words": ["a", 1], "name": "b"}]'])(
  'a file that holds %s counts as none',
  (text) => {
    const cache = folder()
    const recent = new Recent(cache, sandbox)
    recent.add(ip('192.0.2.1'))
    writeFileSync(join(cache, readdirSync(cache)[0] ?? ''), text)
    expect(recent.list()).toEqual([])
  },
)

test('what others may read is not read', () => {
  const cache = folder()
  const recent = new Recent(cache, sandbox)
  recent.add(ip('192.0.2.1'))
  chmodSync(join(cache, readdirSync(cache)[0] ?? ''), 0o644)
  expect(recent.list()).toEqual([])
})
