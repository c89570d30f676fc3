import type {StripeMode} from '../rules/stripe-mode.ts'

/** The mode of an object, from its `livemode`. */
export function modeOf({livemode}: {livemode: boolean}): StripeMode {
  return livemode ? 'live' : 'test'
}
