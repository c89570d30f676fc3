import {Conflict, UsageError} from '../rules/errors.ts'
import type {StripeMode} from '../rules/stripe-mode.ts'
import {StripeGateway} from './gateway.ts'

/** How Stripe is reached from where a command works. */
export interface Access {
  /** The name of the place, for words about it. */
  context: string
  mode: StripeMode
  /** Its data is made up: Stripe knows nothing of it. */
  isMadeUp: boolean
  key?: string
  apiBase?: string
}

/**
 * The gateway of a place; undefined where it has no key.
 * @throws Conflict when the key is of the other mode: nothing is asked with it, and nothing done.
 */
export function openGateway({context, mode, key, apiBase}: Access, signal: AbortSignal): StripeGateway | undefined {
  if (key === undefined) return undefined
  const gateway = new StripeGateway({key, signal, ...(apiBase === undefined ? {} : {apiBase})})
  if (gateway.mode === mode) return gateway
  throw new Conflict(`The Stripe key is a ${gateway.mode} key, but ${context} works with Stripe in ${mode} mode.`, {
    hint: `Give a ${mode} key by STRIPE_API_KEY or the context, or say which mode is meant: PM_STRIPE_MODE, or pm context add --stripe-mode.`,
    details: {key: gateway.mode, context: mode},
  })
}

/** The same, for what cannot be done without Stripe. @throws UsageError without a key; Conflict */
export function requireGateway(access: Access, signal: AbortSignal): StripeGateway {
  const gateway = openGateway(access, signal)
  if (gateway) return gateway
  if (access.isMadeUp)
    throw new UsageError(`The data of ${access.context} is made up, and Stripe knows nothing of it.`, {
      hint: 'Choose another place with --context.',
    })
  throw new UsageError('This asks Stripe, and there is no key.', {
    hint: 'Give one by STRIPE_API_KEY, or save it with the context: pm context add --stripe-key-stdin. A restricted key that only reads will do.',
  })
}
