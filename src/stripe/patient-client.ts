import {setTimeout} from 'node:timers/promises'
import type Stripe from 'stripe'
import {longestWaitMs, retryAfterMs} from './retry-after.ts'

/** Until when Stripe wants to be left alone. A rate limit is the account's, so it holds for all requests of a gateway. */
export class Pause {
  #until = 0

  extend(ms: number): void {
    this.#until = Math.max(this.#until, Date.now() + ms)
  }

  /** @throws when the signal says to stop, before or while waiting. */
  async over(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    const ms = this.#until - Date.now()
    if (ms > 0) await setTimeout(ms, undefined, {...(signal && {signal})})
  }
}

/**
 * Gives the SDK's client what it lacks. The SDK (23.1) ignores Retry-After and does not retry a 429 by itself; here the
 * wait that Stripe asks for is kept before the next request, and the SDK is told, in Stripe's own words
 * (`stripe-should-retry`), to try again, so that its count of retries stays the only one. Once the signal says stop,
 * the SDK gets an answer that ends its retrying.
 */
export function patientClient(inner: Stripe.HttpClient, pause: Pause, signal: AbortSignal | undefined) {
  return {
    getClientName: () => inner.getClientName(),
    makeRequest: async (...request: Parameters<Stripe.HttpClient['makeRequest']>) => {
      try {
        await pause.over(signal)
        return heed(await inner.makeRequest(...request), pause)
      } catch (error) {
        if (signal?.aborted) return stopped
        throw error
      }
    },
  } satisfies Stripe.HttpClient
}

function heed(response: Stripe.HttpClientResponse, pause: Pause): Stripe.HttpClientResponse {
  // What Stripe wants developers to notice, the SDK would print on stderr past the sanitizer.
  const {'stripe-notice': _, ...headers} = response.getHeaders()
  const advised = ['true', 'false'].includes(String(headers['stripe-should-retry']))
  const wait = [429, 503].includes(response.getStatusCode()) ? retryAfterMs(headers) : undefined
  if (wait === undefined) {
    return withHeaders(response, response.getStatusCode() === 429 && !advised ? {...headers, ...again} : headers)
  }
  if (wait > longestWaitMs) return withHeaders(response, {...headers, ...notAgain})
  pause.extend(wait)
  return withHeaders(response, {...headers, ...again})
}

const again = {'stripe-should-retry': 'true'}
const notAgain = {'stripe-should-retry': 'false'}

type Headers = ReturnType<Stripe.HttpClientResponse['getHeaders']>

function withHeaders(response: Stripe.HttpClientResponse, headers: Headers): Stripe.HttpClientResponse {
  return {
    getStatusCode: () => response.getStatusCode(),
    getHeaders: () => headers,
    getRawResponse: () => response.getRawResponse(),
    toStream: (done) => response.toStream(done),
    toJSON: () => response.toJSON(),
    dispose: () => response.dispose?.(),
  }
}

const stopped: Stripe.HttpClientResponse = {
  getStatusCode: () => 499,
  getHeaders: () => notAgain,
  getRawResponse: () => null,
  toStream: () => null,
  toJSON: async () => ({error: {type: 'api_error', message: 'The request was given up.'}}),
}
