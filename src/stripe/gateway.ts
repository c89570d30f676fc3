import type Stripe from 'stripe'
import {UsageError} from '../rules/errors.ts'
import {modeOfKey, type StripeMode} from '../rules/stripe-mode.ts'
import {explainStripeFailure} from './failure.ts'
import {interruptionOf} from './interruption.ts'
import {Pause, patientClient} from './patient-client.ts'

/** How Stripe is asked. */
export interface StripeSettings {
  /** A secret or restricted key. It goes into the Authorization header and nowhere else. */
  key: string
  /** Another place than https://api.stripe.com, such as a proxy; plain http is for this machine only. */
  apiBase?: string
  /** How long one try may take. */
  timeoutMs?: number
  /** How often a request that failed in passing is tried again. */
  retries?: number
  /** Gives up what is under way, with this signal's reason. */
  signal?: AbortSignal
}

interface Api {
  sdk: Stripe
  StripeError: typeof Stripe.errors.StripeError
}

/**
 * The one way to Stripe: the official SDK, loaded when it is first used (it is large), with timeouts, bounded retries
 * and errors an operator can act on. Everything that holds the key is private, so that no inspection shows it.
 */
export class StripeGateway {
  readonly mode: StripeMode
  readonly #settings: Required<Omit<StripeSettings, 'signal'>>
  readonly #signal: AbortSignal | undefined
  readonly #pause: Pause
  #api: Promise<Api> | undefined

  /** @throws UsageError when the key or the address is malformed. */
  constructor({signal, ...settings}: StripeSettings, pause = new Pause()) {
    this.mode = modeOfKey(settings.key)
    this.#settings = {apiBase: 'https://api.stripe.com', timeoutMs: 10_000, retries: 2, ...settings}
    this.#signal = signal
    this.#pause = pause
    assertSafe(this.#settings.apiBase)
  }

  /** The same gateway, given up by another signal, or by none (for what must be cleaned up after an interruption). */
  until(signal: AbortSignal | undefined): StripeGateway {
    return new StripeGateway({...this.#settings, ...(signal && {signal})}, this.#pause)
  }

  /** Asks Stripe; what it or the network raises becomes an error of ours. */
  async ask<T>(request: (stripe: Stripe) => Promise<T>): Promise<T> {
    if (this.#signal?.aborted) throw interruptionOf(this.#signal)
    this.#api ??= this.#open()
    const {sdk, StripeError} = await this.#api
    try {
      return await request(sdk)
    } catch (error) {
      if (this.#signal?.aborted) throw interruptionOf(this.#signal)
      if (!(error instanceof StripeError)) throw error
      throw explainStripeFailure(error, {...this.#settings, host: new URL(this.#settings.apiBase).host})
    }
  }

  async #open(): Promise<Api> {
    const {default: StripeSdk} = await import('stripe')
    const {key, apiBase, timeoutMs, retries} = this.#settings
    const {protocol, hostname, port} = new URL(apiBase)
    const client = StripeSdk.createFetchHttpClient(fetchUntil(this.#signal))
    const sdk = new StripeSdk('', {
      // Not the key itself: the SDK would keep that on an object that can be inspected.
      authenticator: async (request) => {
        request.headers['Authorization'] = `Bearer ${key}`
      },
      httpClient: patientClient(client, this.#pause, this.#signal),
      host: hostname,
      port: port || (protocol === 'http:' ? 80 : 443),
      protocol: protocol === 'http:' ? 'http' : 'https',
      timeout: timeoutMs,
      maxNetworkRetries: retries,
      telemetry: false,
      appInfo: {name: 'pm'},
    })
    return {sdk, StripeError: StripeSdk.errors.StripeError}
  }
}

// Redirects are not followed: Stripe has none, and the request carries the key.
function fetchUntil(signal: AbortSignal | undefined): typeof fetch {
  return (url, init) => {
    const signals = [init?.signal, signal].filter((one) => one != null)
    return fetch(url, {...init, redirect: 'manual', signal: AbortSignal.any(signals)})
  }
}

const thisMachine = new Set(['localhost', '127.0.0.1', '[::1]'])

function assertSafe(apiBase: string): void {
  const url = URL.parse(apiBase)
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && thisMachine.has(url.hostname))
  if (safe && `${url.origin}/` === url.href) return
  throw new UsageError('The address of the Stripe API must be an https URL without a path.', {
    hint: 'Plain http is allowed to this machine only, since each request carries the key.',
  })
}
