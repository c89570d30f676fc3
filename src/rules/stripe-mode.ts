import {UsageError} from './errors.ts'

/** Stripe keeps two worlds apart: live, with real money, and test. Every key and every object is of one of them. */
export const stripeModes = ['live', 'test'] as const
export type StripeMode = (typeof stripeModes)[number]

const secretKey = /^(?:sk|rk)_(live|test)_\w{8,240}$/

/**
 * The mode of a secret (`sk_`) or restricted (`rk_`) key, from its prefix (Stripe, "API keys").
 * @throws UsageError when it is no such key; the key is never repeated.
 */
export function modeOfKey(key: string): StripeMode {
  const mode = secretKey.exec(key)?.[1]
  if (mode === 'live' || mode === 'test') return mode
  throw new UsageError(
    key.startsWith('pk_')
      ? 'The Stripe key is a publishable one, which cannot read anything.'
      : 'The Stripe key is not a key: it is malformed.',
    {hint: 'Give a secret or restricted key: sk_test_…, sk_live_…, rk_test_… or rk_live_….'},
  )
}
