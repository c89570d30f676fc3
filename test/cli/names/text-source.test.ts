import {expect, test} from 'vitest'
import {decodeText, readBytes} from '../../../src/cli/names/text-source.ts'
import {UsageError} from '../../../src/rules/errors.ts'

const refusal = (work: () => string) => {
  try {
    return work()
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.hint]
    throw error
  }
}

async function* endless() {
  const chunk = new Uint8Array(2 ** 20)
  while (true) yield chunk
}

test('what never ends is given up at 256 MB', async () => {
  await expect(readBytes(endless(), 'stdin')).rejects.toEqual(
    new UsageError('stdin is larger than 256 MB.', {
      hint: 'Give it in parts: cut, split and grep make smaller lists.',
    }),
  )
})

test.each([
  ['UTF-8', Buffer.from('naïve\n')],
  ['UTF-8 with its mark', Buffer.from('\uFEFFnaïve\n')],
])('%s is read', (_, bytes) => {
  expect(decodeText(bytes, 'list.csv')).toBe('naïve\n')
})

test.each([
  ['UTF-16LE with its mark', Buffer.from('\uFEFFabc', 'utf16le'), 'UTF-16'],
  ['UTF-16BE with its mark', Buffer.from('\uFEFFabc', 'utf16le').swap16(), 'UTF-16'],
  ['UTF-16LE', Buffer.from('abc', 'utf16le'), 'UTF-16LE'],
  ['UTF-16BE', Buffer.from('abc', 'utf16le').swap16(), 'UTF-16BE'],
])('%s is refused with the command that converts it, as a shell reads it', (_, bytes, encoding) => {
  expect(refusal(() => decodeText(bytes, "Joe's list.csv"))).toEqual([
    "Joe's list.csv is in UTF-16, not in UTF-8.",
    `Convert it first: iconv -f ${encoding} -t UTF-8 'Joe'\\''s list.csv' > 'Joe'\\''s list.csv.utf8'`,
  ])
})

test('another encoding is refused with the line that shows it', () => {
  expect(refusal(() => decodeText(Buffer.from('a\nb\nCaf\xe9\n', 'latin1'), 'stdin'))).toEqual([
    'stdin is not in UTF-8: line 3 is not.',
    'Convert it first: … | iconv -f WINDOWS-1252 -t UTF-8 | pm …',
  ])
})

test('what holds NUL bytes is no text', () => {
  expect(refusal(() => decodeText(Buffer.from('a\nb\0\n'), 'list.csv'))).toEqual([
    'list.csv is no text: line 2 holds a NUL byte.',
    undefined,
  ])
})
