import type {StripeGateway} from './gateway.ts'
import {pageSize, type StreamOptions, stream} from './stream.ts'
import {type Subscription, toSubscription} from './subscription.ts'

/** All subscriptions of the account, ended ones included, the newest first. */
export function listSubscriptions(
  stripe: StripeGateway,
  {signal}: StreamOptions = {},
): AsyncGenerator<Subscription, void, undefined> {
  const gateway = signal ? stripe.until(signal) : stripe
  return stream(gateway, (sdk) => sdk.subscriptions.list({status: 'all', limit: pageSize}), toSubscription)
}
