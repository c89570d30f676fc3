import fc from 'fast-check'
import {expect, test} from 'vitest'
import {shellWords} from '../../src/cli/shell-words.ts'
import {quoted} from '../../src/rules/shell-word.ts'
import {start} from '../support/process.ts'

test.each([
  ['ip list', ['ip', 'list']],
  ['  ip\tlist  ', ['ip', 'list']],
  [`tenant show 'Blue Anchor'`, ['tenant', 'show', 'Blue Anchor']],
  [`tenant show "Blue Anchor" --json`, ['tenant', 'show', 'Blue Anchor', '--json']],
  [String.raw`tenant show Blue\ Anchor`, ['tenant', 'show', 'Blue Anchor']],
  [`a'b c'"d e"f`, ['ab cd ef']],
  [`''`, ['']],
  [String.raw`"a\"b\\c\d\$e"`, [String.raw`a"b\c\d$e`]],
  [String.raw`'a\'b`, [String.raw`a\b`]],
  [`$HOME *.txt ~ $(id) \`id\` a;b|c>d`, ['$HOME', '*.txt', '~', '$(id)', '`id`', 'a;b|c>d']],
  ['ip list # all of them', ['ip', 'list']],
  ['a#b', ['a#b']],
  ['# nothing', []],
  ['', []],
])('%j is split as a POSIX shell does, and nothing is expanded', (line, words) => {
  expect(shellWords(line)).toMatchObject({words, isOpen: false})
})

test.each([
  [`tenant show "Blue A`, {typed: '"Blue A', text: 'Blue A', quote: '"'}, true],
  [`tenant show 'Blue A`, {typed: "'Blue A", text: 'Blue A', quote: "'"}, true],
  [String.raw`tenant show Blue\ A`, {typed: String.raw`Blue\ A`, text: 'Blue A', quote: ''}, false],
  ['tenant show Blue\\', {typed: 'Blue\\', text: 'Blue', quote: ''}, true],
  ['tenant show ', undefined, false],
  [String.raw`tenant show Blue\ `, {typed: String.raw`Blue\ `, text: 'Blue ', quote: ''}, false],
])('%j tells the word under the cursor', (line, last, isOpen) => {
  expect(shellWords(line)).toMatchObject({last, isOpen})
})

test('what is quoted for a shell is read back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.string({unit: 'grapheme'})), (words) => {
      expect(shellWords(words.map((word) => quoted(word) || "''").join(' ')).words).toEqual(words)
    }),
  )
})

test('a line is split as bash splits it', async () => {
  const part = fc.constantFrom('a', ' ', "'b c'", '"d e"', String.raw`\ `, String.raw`"\""`, String.raw`\'`, "''", 'é')
  const lines = fc.sample(fc.array(part, {maxLength: 8}), {numRuns: 200, seed: 6}).map((parts) => parts.join(''))
  const script = lines.map((line) => `set -- ${line}\nprintf '%s\\0' "$#" "$@"`).join('\n')
  const {stdout} = await start('/bin/bash', ['-c', script], {}).ended
  expect(lines.flatMap((line) => [`${shellWords(line).words.length}`, ...shellWords(line).words])).toEqual(
    stdout.split('\0').slice(0, -1),
  )
})
