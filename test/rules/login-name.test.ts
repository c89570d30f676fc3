import {describe, expect, it} from 'vitest'
import {UsageError} from '../../src/rules/errors.ts'
import {parseLoginName, quotedName} from '../../src/rules/login-name.ts'

describe('a login name', () => {
  it.each(['op_ada', 'Ada Admin', 'o"brien', "o'brien", 'søren', '健太', 'x'.repeat(63), 'pgadmin'])(
    'may be “%s”, and stays as it is',
    (name) => {
      expect(parseLoginName(name)).toBe(name)
    },
  )

  it.each([
    ['', 'it is empty'],
    ['x'.repeat(64), 'a name has at most 63 bytes'],
    ['ø'.repeat(32), 'a name has at most 63 bytes'],
    ['op\nada', 'it holds characters that do not show'],
    ['op\0ada', 'it holds characters that do not show'],
    ['op\u202eada', 'it holds characters that do not show'],
    ['op_ada ', 'it begins or ends with a space'],
    ['pg_ada', 'PostgreSQL keeps that name for itself'],
    ['public', 'PostgreSQL keeps that name for itself'],
    ['none', 'PostgreSQL keeps that name for itself'],
  ])('may not be “%s”: %s', (name, problem) => {
    const hint = 'A login is a name such as op_ada.'
    expect(() => parseLoginName(name)).toThrow(new UsageError(`“${name}” cannot be a login: ${problem}.`, {hint}))
  })

  it('is quoted for SQL whatever it holds', () => {
    expect(quotedName('op_ada')).toBe('"op_ada"')
    expect(quotedName('o"brien; drop')).toBe('"o""brien; drop"')
  })
})
