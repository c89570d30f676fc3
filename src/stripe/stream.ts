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

/** The items of a stream in pages as Stripe gives them, so that what is done with each can be done for all at once. */
export async function* inPages<T>(items: AsyncIterable<T>): AsyncGenerator<T[], void, undefined> {
  let page: T[] = []
  for await (const item of items) {
    page.push(item)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
