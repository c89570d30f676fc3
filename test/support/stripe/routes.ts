import {upcomingInvoice} from './invoice.ts'
import {listPage} from './lists.ts'
import {list, type Params, text} from './params.ts'
import {Refusal} from './refusal.ts'
import {expand, render} from './render.ts'
import {createSchedule, releaseSchedule, updateSchedule} from './schedules.ts'
import {type Account, collections, isCollection} from './state.ts'

/** One request, as far as an answer depends on it. */
export interface Asked {
  method: string
  path: string
  params: Params
}

type Answer = Record<string, unknown>

/** Raises Stripe's refusal when the key lacks a permission. */
export type Permit = (permission: string) => void

/** Answers a request out of the account's objects. @throws Refusal */
export function answer(account: Account, asked: Asked, permit: Permit): Answer {
  const found = act(account, asked, permit) ?? look(account, asked, permit)
  const paths = list(asked.params, 'expand').filter((path) => typeof path === 'string')
  return expand(account, found, paths, (collection) => permit(`${collections[collection].permission}_read`))
}

function look(account: Account, {method, path, params}: Asked, permit: Permit): Answer {
  const [, name = '', id] = /^\/v1\/(\w+)(?:\/([^/]+))?$/.exec(path) ?? []
  if (method !== 'GET' || !isCollection(name)) {
    throw new Refusal(404, `Unrecognized request URL (${method}: ${path}).`)
  }
  permit(`${collections[name].permission}_read`)
  if (id === undefined) return listPage(account, name, params)
  return render(account, name, decodeURIComponent(id))
}

function act(account: Account, {method, path, params}: Asked, permit: Permit): Answer | undefined {
  if (method !== 'POST') return undefined
  if (path === '/v1/invoices/create_preview') {
    permit('rak_invoice_write')
    return preview(account, params)
  }
  const [matched, id, release] = /^\/v1\/subscription_schedules(?:\/([^/]+))?(\/release)?$/.exec(path) ?? []
  if (matched === undefined) return undefined
  permit('rak_subscription_write')
  if (id === undefined) return {...createSchedule(account, params)}
  return {...(release ? releaseSchedule(account, id) : updateSchedule(account, id, params))}
}

function preview(account: Account, params: Params): Answer {
  const subscription = account.get('subscriptions', text(params, 'subscription') ?? '', 'subscription')
  if (subscription.status === 'canceled' || subscription.cancel_at_period_end) {
    const message = `No upcoming invoices for customer: ${subscription.customer}`
    throw new Refusal(404, message, {code: 'invoice_upcoming_none'})
  }
  return upcomingInvoice(subscription, (item) => account.get('prices', item.price))
}
