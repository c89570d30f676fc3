import type Stripe from 'stripe'
import type {StripeGateway} from './gateway.ts'

/** What a stream can be told. */
export interface StreamOptions {
  /** Ends the stream, with this signal's reason, also in the middle of a page. */
  signal?: AbortSignal
}

/** As many as Stripe gives at once (Stripe, "Pagination"). */
export const pageSize = 100

/** A list of Stripe's, page by page: the next page is asked for when the last is used up, and no page is kept. */
export async function* stream<T, Ours>(
  gateway: StripeGateway,
  list: (sdk: Stripe) => Stripe.ApiListPromise<T>,
  toOurs: (item: T) => Ours,
): AsyncGenerator<Ours, void, undefined> {
  let items: AsyncIterator<T> | undefined
  for (;;) {
    const {done, value} = await gateway.ask((sdk) => {
      items ??= list(sdk)
      return items.next()
    })
    if (done) return
    yield toOurs(value)
  }
}
