import {type Params, parseParams} from './params.ts'

/** How a request goes wrong. */
export interface Failure {
  /** An error status; without it, and without `body`, the request is answered as ever, only late or torn. */
  status?: number
  /** Stripe's code, such as `lock_timeout`. */
  code?: string
  type?: string
  message?: string
  /** Seconds, or a date, for the header of that name. */
  retryAfter?: number | string
  headers?: Record<string, string>
  /** An answer that is no JSON, with `status` or 200. */
  body?: string
  /** The answer comes this late. */
  delayMs?: number
  /** The connection breaks: before the request is looked at, after it was carried out, or within the answer. */
  drop?: 'before' | 'after' | 'midway'
  /** How many requests fail; all, unless given. */
  times?: number
}

/** The failures a test has asked for, by route. */
export class Failures {
  readonly #planned: {route: RegExp; failure: Failure; left: number}[] = []

  /** @param route such as `GET /v1/subscriptions` or `GET /v1/products/:id` */
  plan(route: string, failure: Failure): void {
    const pattern = route.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+')
    this.#planned.push({route: new RegExp(`^${pattern}$`), failure, left: failure.times ?? Number.POSITIVE_INFINITY})
  }

  /** The failure that is next for a request. */
  take(method: string, path: string): Failure {
    const planned = this.#planned.find(({route, left}) => left > 0 && route.test(`${method} ${path}`))
    if (!planned) return {}
    planned.left -= 1
    return planned.failure
  }

  clear(): void {
    this.#planned.length = 0
  }
}

const types: Readonly<Record<number, string>> = {402: 'card_error', 500: 'api_error', 503: 'api_error'}
const codes: Readonly<Record<number, string>> = {402: 'card_declined', 409: 'idempotency_key_in_use', 429: 'rate_limit'}

/** The error body of a planned status. */
export function errorBody({status = 500, code = codes[status], type, message}: Failure): object {
  return {
    error: {
      type: type ?? types[status] ?? 'invalid_request_error',
      message: message ?? `The fake Stripe was told to fail with ${status}.`,
      ...(code !== undefined && {code}),
    },
  }
}

/** A request as it came. */
export interface StripeRequest {
  method: string
  path: string
  params: Params
  idempotencyKey: string | undefined
  headers: Readonly<Record<string, string | string[] | undefined>>
}

export function requestOf(method: string, url: string, headers: StripeRequest['headers'], body: string): StripeRequest {
  const [path = '', query = ''] = url.split('?')
  const key = headers['idempotency-key']
  return {
    method,
    path,
    params: parseParams(method === 'POST' ? body : query),
    idempotencyKey: typeof key === 'string' ? key : undefined,
    headers,
  }
}
