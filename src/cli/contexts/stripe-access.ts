import type {StripeKeySource} from '../../rules/context.ts'
import {UsageError} from '../../rules/errors.ts'
import {type StripeMode, stripeModes} from '../../rules/stripe-mode.ts'
import type {Context} from './context.ts'
import {type Sources, storeOf} from './resolve.ts'
import type {SavedStripe} from './saved-context.ts'
import {type Environment, isLoopback} from './server-address.ts'

/** A context, in force or not. */
type Place = Pick<Context, 'name' | 'kind'> & Partial<Pick<Context, 'chosenBy'>>

/** How Stripe is reached from a context. Without a key there are links into the dashboard, and nothing more. */
export interface StripeAccess {
  /** The name of the context, for words about it. */
  context: string
  mode: StripeMode
  /** Its data is made up, so that Stripe knows nothing of it and is not asked. */
  isMadeUp: boolean
  key?: string
  /** Where the key comes from. */
  keyFrom: StripeKeySource
  /** Another place than Stripe's own, on this machine: a test's. */
  apiBase?: string
}

/**
 * The context's own mode and key; else STRIPE_API_KEY and, where the context does not say, live in production and test
 * elsewhere. As with passwords, a saved key is never overruled by one that lies about in the environment.
 * @throws UsageError for variables that say nothing
 */
export function stripeAccess(context: Place, sources: Sources): StripeAccess {
  const {env} = sources
  const apiBase = testBase(env.PM_STRIPE_URL)
  const saved = savedStripe(context, sources)
  const mode = saved?.mode ?? modeNamed(env) ?? (context.kind === 'production' ? 'live' : 'test')
  const isMadeUp = context.kind === 'sandbox' && apiBase === undefined
  const key = isMadeUp ? undefined : saved?.key || env.STRIPE_API_KEY
  const keyFrom = !key ? 'none' : saved?.key ? 'saved' : 'STRIPE_API_KEY'
  const rest = {...(key ? {key} : {}), ...(apiBase === undefined ? {} : {apiBase})}
  return {context: context.name, mode, isMadeUp, keyFrom, ...rest}
}

function savedStripe({name, kind, chosenBy}: Place, sources: Sources): SavedStripe | undefined {
  const isSaved = kind !== 'sandbox' && chosenBy !== 'DATABASE_URL' && chosenBy !== 'PG*'
  return isSaved ? storeOf(sources).get(name).stripe : undefined
}

function modeNamed({PM_STRIPE_MODE: text}: Environment): StripeMode | undefined {
  if (!text) return undefined
  const mode = stripeModes.find((known) => known === text)
  if (mode) return mode
  throw new UsageError(`PM_STRIPE_MODE is “${text}”.`, {hint: `It is ${stripeModes.join(' or ')}.`})
}

// The key goes with every request: nothing but this machine may stand in for Stripe.
function testBase(text: string | undefined): string | undefined {
  if (!text) return undefined
  const url = URL.parse(text)
  if (url && /^https?:$/.test(url.protocol) && isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) return text
  throw new UsageError('PM_STRIPE_URL names another machine than this one.', {
    hint: 'It is for tests, and takes http://127.0.0.1:PORT. Leave it out to ask Stripe.',
  })
}
