import {inspect} from 'node:util'
import {expect, test} from 'vitest'
import {UsageError} from '../../src/rules/errors.ts'
import {modeOfKey} from '../../src/rules/stripe-mode.ts'

test.each([
  ['sk_test_4eC39HqLyjWDarjtT1zdp7dc', 'test'],
  ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'live'],
  ['rk_test_51PJ7J3APDiFgqs8Kgd', 'test'],
  ['rk_live_51PJ7J3APDiFgqs8Kgd', 'live'],
])('the prefix of %s says %s', (key, mode) => {
  expect(modeOfKey(key)).toBe(mode)
})

test.each([
  'pk_live_secretSecretSecret',
  'sk_prod_secretSecretSecret',
  'sk_test_',
  'sk_test_secretSecret\n',
  'sk_test_secret Secret\r\nX-Evil: 1',
  ' sk_test_secretSecretSecret',
  'secretSecretSecret',
  `sk_test_${'secret'.repeat(50)}`,
])('a key that is none is refused and not repeated: %j', (key) => {
  const refuse = () => modeOfKey(key)
  expect(refuse).toThrow(UsageError)
  expect(inspect(caught(refuse), {depth: 10})).not.toMatch(/secret[^o ]/i)
})

test('a publishable key is told apart, since it is the one that is mixed up', () => {
  expect(caught(() => modeOfKey('pk_test_4eC39HqLyjWDarjtT1zdp7dc'))).toMatchObject({
    exitCode: 2,
    message: 'The Stripe key is a publishable one, which cannot read anything.',
    hint: 'Give a secret or restricted key: sk_test_…, sk_live_…, rk_test_… or rk_live_….',
  })
})

function caught(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}
