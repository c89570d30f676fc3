import type {StoredSubscription} from './billing.ts'
import {Refusal} from './refusal.ts'
import type {Account, Collection} from './state.ts'

type Json = Record<string, unknown>

/** An object as it goes over the wire: what is kept by id but always sent in full is put in. */
export function render(account: Account, collection: Collection, id: string): Json {
  if (collection === 'subscriptions') return renderSubscription(account, account.get('subscriptions', id))
  return {...account.get(collection, id)}
}

function renderSubscription(account: Account, subscription: StoredSubscription): Json {
  const data = subscription.items.map((item) => ({...item, price: account.get('prices', item.price)}))
  const url = `/v1/subscription_items?subscription=${subscription.id}`
  return {...subscription, items: {object: 'list', data, has_more: false, url}}
}

/** Puts objects in the place of ids, by paths such as `data.customer` (Stripe, "Expanding responses"). */
export function expand(
  account: Account,
  answer: Json,
  paths: readonly string[],
  permit: (c: Collection) => void,
): Json {
  const copy = structuredClone(answer)
  for (const path of paths) expandPath(account, copy, path.split('.'), permit)
  return copy
}

function expandPath(account: Account, at: Json, [name = '', ...rest]: string[], permit: (c: Collection) => void): void {
  if (!(name in at)) throw new Refusal(400, `This property cannot be expanded (${name}).`)
  const value = at[name]
  const inner = Array.isArray(value) ? value : [value]
  const expanded = inner.map((one) => (typeof one === 'string' ? objectOf(account, one, permit) : one))
  at[name] = Array.isArray(value) ? expanded : expanded[0]
  if (rest.length === 0) return
  for (const one of expanded) if (isJson(one)) expandPath(account, one, rest, permit)
}

function objectOf(account: Account, id: string, permit: (c: Collection) => void): unknown {
  const collection = account.whereIs(id)
  if (!collection) return id
  permit(collection)
  return structuredClone(render(account, collection, id))
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
