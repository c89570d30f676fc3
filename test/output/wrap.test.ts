import {expect, test} from 'vitest'
import {wrap} from '../../src/output/wrap.ts'

test.each([
  ['a few words to read', 8, ['a few', 'words to', 'read']],
  ['unbreakable', 4, ['unbr', 'eaka', 'ble']],
  ['one\ntwo', 10, ['one', 'two']],
  ['', 10, ['']],
  ['  indented', 20, ['  indented']],
  ['漢字漢字', 3, ['漢', '字', '漢', '字']],
  ['漢', 1, ['漢']],
])('%j in %i columns', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines)
})

test('shows what could drive a terminal', () => {
  expect(wrap('a\u001b[2Jb', 80)).toEqual(['a\\u{1b}[2Jb'])
})
