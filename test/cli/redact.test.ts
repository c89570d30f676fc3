import {expect, test} from 'vitest'
import {redact} from '../../src/cli/redact.ts'

test.each([
  [
    'Unexpected argument: postgres://ada:secret@db.example/mails',
    'Unexpected argument: postgres://ada:***@db.example/mails',
  ],
  ['postgresql://:s/e:c@ret@db.example/', 'postgresql://:***@db.example/'],
  ['one postgres://a:secret@b, two postgres://c:secret@d', 'one postgres://a:***@b, two postgres://c:***@d'],
  [
    '“postgres://db.example/?user=ada&password=secret” is wrong',
    '“postgres://db.example/?user=ada&password=***” is wrong',
  ],
  ['postgres://ada@db.example:5432/mails', 'postgres://ada@db.example:5432/mails'],
  ['See https://penguinmails.example/a:b@c', 'See https://penguinmails.example/a:b@c'],
])('%s loses its password', (text, expected) => {
  expect(redact(text)).toBe(expected)
})
