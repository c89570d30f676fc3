import {type Params, parts, text} from './params.ts'
import {noSuch, Refusal} from './refusal.ts'
import {render} from './render.ts'
import {type Account, type Collection, collections} from './state.ts'

type Filter = (object: Record<string, unknown>, params: Params) => boolean

const ended = new Set<unknown>(['canceled', 'incomplete_expired'])

const same =
  (...names: string[]): Filter =>
  (object, params) =>
    names.every((name) => text(params, name) === undefined || String(object[name]) === text(params, name))

// Without `status`, what is canceled is left out; prices come without `active` as if it were true (Stripe's reference).
const filters: Readonly<Record<Collection, Filter>> = {
  products: same('active'),
  prices: (object, params) =>
    same('product', 'currency', 'type')(object, params) &&
    String(object['active']) === (text(params, 'active') ?? 'true') &&
    same('interval')(asObject(object['recurring']), parts(params, 'recurring') ?? {}),
  customers: same('email'),
  payment_methods: same('customer', 'type'),
  subscriptions: (object, params) => same('customer')(object, params) && hasStatus(object['status'], params),
  subscription_schedules: same('customer'),
  payment_intents: same('customer'),
  charges: same('customer', 'payment_intent'),
  refunds: same('charge', 'payment_intent'),
}

function hasStatus(status: unknown, params: Params): boolean {
  const wanted = text(params, 'status')
  if (wanted === 'all') return true
  if (wanted === 'ended') return ended.has(status)
  return wanted === undefined ? status !== 'canceled' : status === wanted
}

/** One page of a collection (Stripe, "Pagination"). */
export function listPage(account: Account, collection: Collection, params: Params) {
  const found = account.all(collection).filter((object) => filters[collection]({...object}, params))
  const from = startingAt(found, collection, text(params, 'starting_after'))
  const limit = limitOf(params)
  return {
    object: 'list',
    data: found.slice(from, from + limit).map(({id}) => render(account, collection, id)),
    has_more: found.length > from + limit,
    url: `/v1/${collection}`,
  }
}

function startingAt(found: readonly {id: string}[], collection: Collection, after: string | undefined): number {
  if (after === undefined) return 0
  const index = found.findIndex(({id}) => id === after)
  if (index === -1) throw noSuch(collections[collection].noun, after, 'starting_after')
  return index + 1
}

function limitOf(params: Params): number {
  const limit = Number(text(params, 'limit') ?? 10)
  if (limit >= 1 && limit <= 100) return limit
  throw new Refusal(400, 'This value must be between 1 and 100.', {param: 'limit', code: 'parameter_invalid_integer'})
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? {...value} : {}
}
