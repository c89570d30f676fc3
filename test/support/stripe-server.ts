import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import {setTimeout} from 'node:timers/promises'
import {errorBody, type Failure, Failures, requestOf, type StripeRequest} from './stripe/failures.ts'
import {Refusal} from './stripe/refusal.ts'
import {answer} from './stripe/routes.ts'
import {Account, type GivenAccount} from './stripe/state.ts'

/** What an account has, and its mode: test, unless said otherwise. */
export interface GivenStripe extends GivenAccount {
  mode?: 'live' | 'test'
}

interface Answered {
  status: number
  body: string
  headers?: Record<string, string>
}

/**
 * A local HTTP server that speaks Stripe's documented objects, pagination, expansion, errors and idempotency. Of each
 * object a test gives what matters to it; the rest is filled in.
 */
export class FakeStripe {
  /** The address, for `apiBase`. */
  url = ''
  /** A key that the server accepts. It accepts no other. */
  readonly key: string
  /** Every request that came, also those that failed. */
  readonly requests: StripeRequest[] = []
  /** The objects as they are now. */
  readonly account: Account
  readonly #failures = new Failures()
  readonly #withheld = new Set<string>()
  readonly #remembered = new Map<string, {asked: string; answered: Answered}>()
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  constructor({mode = 'test', ...given}: GivenStripe) {
    this.key = `rk_${mode}_FakeStripeKey4Tests0nly`
    this.account = new Account(mode === 'live')
    this.account.put(given)
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    if (typeof address === 'object' && address) this.url = `http://127.0.0.1:${address.port}`
    return this
  }

  /** Adds objects, or replaces those with the same ids. */
  put(given: GivenAccount): void {
    this.account.put(given)
  }

  /** Lets requests of a route fail, such as `fail('GET /v1/products/:id', {status: 429, retryAfter: 1, times: 2})`. */
  fail(route: string, failure: Failure): void {
    this.#failures.plan(route, failure)
  }

  /** Ends all failures. */
  recover(): void {
    this.#failures.clear()
  }

  /** Takes permissions such as `rak_charge_read` from the restricted key. */
  withhold(...permissions: string[]): void {
    for (const permission of permissions) this.#withheld.add(permission)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await incoming.toArray()).toString()
    const {method = 'GET', url = '/', headers} = incoming
    const request = requestOf(method, url, headers, body)
    const id = `req_${this.requests.push(request)}`
    const failure = this.#failures.take(request.method, request.path)
    if (failure.drop === 'before') return void incoming.socket.destroy()
    const answered = failed(failure) ?? this.#answer(request, `${method} ${url}\n${body}`)
    if (failure.delayMs !== undefined) await setTimeout(failure.delayMs)
    if (failure.drop === 'after') return void incoming.socket.destroy()
    response.writeHead(answered.status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answered.body),
      'request-id': id,
      ...answered.headers,
    })
    if (failure.drop !== 'midway') return void response.end(answered.body)
    response.write(answered.body.slice(0, answered.body.length / 2), () => incoming.socket.destroy())
  }

  #answer(request: StripeRequest, asked: string): Answered {
    try {
      this.#authenticate(request)
      return this.#remember(request, asked)
    } catch (error) {
      if (error instanceof Refusal) return {status: error.status, body: JSON.stringify(error.body)}
      return {status: 500, body: JSON.stringify(errorBody({status: 500, message: String(error)}))}
    }
  }

  #authenticate({headers}: StripeRequest): void {
    if (headers.authorization === `Bearer ${this.key}`) return
    const shown = String(headers.authorization).replace('Bearer ', '')
    throw new Refusal(401, `Invalid API Key provided: ${shown.slice(0, 8)}********${shown.slice(-4)}`)
  }

  // A key's first answer is given again to the same request; another request under it is refused (Stripe, "Idempotent
  // requests"). Only what was carried out is remembered.
  #remember(request: StripeRequest, asked: string): Answered {
    const {method, idempotencyKey: key} = request
    if (method !== 'POST' || key === undefined) return this.#carryOut(request)
    const before = this.#remembered.get(key)
    if (!before) {
      const answered = this.#carryOut(request)
      this.#remembered.set(key, {asked, answered})
      return answered
    }
    if (before.asked === asked) return {...before.answered, headers: {'idempotent-replayed': 'true'}}
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
    throw new Refusal(400, message, {type: 'idempotency_error'})
  }

  #carryOut(request: StripeRequest): Answered {
    const found = answer(this.account, request, (permission) => this.#permit(permission))
    return {status: 200, body: JSON.stringify(found)}
  }

  #permit(permission: string): void {
    if (!this.#withheld.has(permission)) return
    const key = `${this.key.slice(0, 8)}*********${this.key.slice(-6)}`
    throw new Refusal(
      403,
      `The provided key '${key}' does not have the required permissions for this endpoint on account 'acct_1PJBLEBBLEfV'. Having the '${permission}' permission would allow this request to continue.`,
    )
  }
}

/** Starts a Stripe that has what is given. */
export function startStripe(given: GivenStripe = {}): Promise<FakeStripe> {
  return new FakeStripe(given).listen()
}

function failed(failure: Failure): Answered | undefined {
  const {status, body, retryAfter, headers} = failure
  if (status === undefined && body === undefined) return undefined
  return {
    status: status ?? 200,
    body: body ?? JSON.stringify(errorBody(failure)),
    headers: {...headers, ...(retryAfter !== undefined && {'retry-after': String(retryAfter)})},
  }
}
