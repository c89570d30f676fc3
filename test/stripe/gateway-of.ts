import {StripeGateway, type StripeSettings} from '../../src/stripe/gateway.ts'
import type {FakeStripe} from '../support/stripe-server.ts'

/** A gateway to the fake Stripe that fails at once, unless told to try again. */
export function gatewayOf(stripe: FakeStripe, settings: Partial<StripeSettings> = {}): StripeGateway {
  return new StripeGateway({key: stripe.key, apiBase: stripe.url, retries: 0, ...settings})
}

/** What a promise is rejected with. */
export async function failureOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    (value) => expectedFailure(value),
    (error: unknown) => error,
  )
}

function expectedFailure(value: unknown): never {
  throw new Error(`Expected a failure, and got ${JSON.stringify(value)}`)
}
