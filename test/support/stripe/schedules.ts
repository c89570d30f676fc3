import {phase, type StoredSchedule} from './billing.ts'
import {list, type Param, type Params, parts, text} from './params.ts'
import {Refusal} from './refusal.ts'
import type {Account} from './state.ts'

/** Makes a schedule of one phase, as the subscription is (Stripe, `from_subscription`). */
export function createSchedule(account: Account, params: Params): StoredSchedule {
  const from = text(params, 'from_subscription')
  if (from === undefined || Object.keys(params).length > 1) {
    throw new Refusal(400, 'You can only pass `from_subscription` alone here.', {param: 'from_subscription'})
  }
  const subscription = account.get('subscriptions', from, 'from_subscription')
  if (subscription.schedule !== null) {
    throw new Refusal(
      400,
      `You cannot migrate a subscription that is already attached to a schedule: \`${subscription.schedule}\`.`,
    )
  }
  const [item] = subscription.items
  const id = `sub_sched_${subscription.id.slice('sub_'.length)}${account.all('subscription_schedules').length}`
  const items = subscription.items.map(({price, quantity, metadata}) => ({
    price,
    metadata,
    ...(quantity !== undefined && {quantity}),
  }))
  const running = {
    items,
    ...(item && {start_date: item.current_period_start, end_date: item.current_period_end}),
    metadata: subscription.metadata,
    trial_end: subscription.trial_end,
  }
  const {customer, cancel_at_period_end: ends} = subscription
  const end_behavior = ends ? 'cancel' : 'release'
  account.put({
    subscription_schedules: [{id, customer, subscription: subscription.id, end_behavior, phases: [running]}],
  })
  subscription.schedule = id
  return account.get('subscription_schedules', id)
}

/** Changes a schedule; phases are given in full, beginning with the running one. */
export function updateSchedule(account: Account, id: string, params: Params): StoredSchedule {
  const found = account.get('subscription_schedules', id)
  assertActive(found, 'update')
  if (params['phases'] !== undefined) found.phases = phasesOf(account, found, list(params, 'phases'))
  found.end_behavior = text(params, 'end_behavior') ?? found.end_behavior
  found.metadata = {...found.metadata, ...textsOf(parts(params, 'metadata'))}
  const [running] = found.phases
  if (running) found.current_phase = {start_date: running.start_date, end_date: running.end_date}
  return found
}

/** Lets go of the subscription, which stays as it is. */
export function releaseSchedule(account: Account, id: string): StoredSchedule {
  const found = account.get('subscription_schedules', id)
  assertActive(found, 'release')
  if (found.subscription !== null) account.get('subscriptions', found.subscription).schedule = null
  Object.assign(found, {
    status: 'released',
    released_at: found.created,
    released_subscription: found.subscription,
    subscription: null,
    current_phase: null,
  })
  return found
}

function assertActive({status}: StoredSchedule, act: string): void {
  if (status === 'active' || status === 'not_started') return
  throw new Refusal(400, `You cannot ${act} a subscription schedule that is currently in the \`${status}\` status.`)
}

function phasesOf(account: Account, {current_phase}: StoredSchedule, given: readonly Param[]) {
  let start = 0
  return given.map((params, index) => {
    if (typeof params === 'string' || Array.isArray(params)) throw new Refusal(400, 'Invalid object', {param: 'phases'})
    start = index === 0 ? Number(text(params, 'start_date')) : start
    if (index === 0 && start !== current_phase?.start_date) {
      throw new Refusal(400, 'The first phase must begin when the current phase began.', {
        param: 'phases[0][start_date]',
      })
    }
    const made = phase({
      ...keptTexts(params),
      items: list(params, 'items').map((item) => itemOf(account, item)),
      start_date: start,
      end_date: endOf(start, params),
    })
    start = made.end_date
    return made
  })
}

function keptTexts(params: Params) {
  const trialEnd = text(params, 'trial_end')
  return {
    metadata: textsOf(parts(params, 'metadata')),
    default_payment_method: text(params, 'default_payment_method') ?? null,
    proration_behavior: text(params, 'proration_behavior') ?? 'create_prorations',
    trial_end: trialEnd === undefined ? null : Number(trialEnd),
    discounts: list(params, 'discounts').map((one) => ({
      coupon: null,
      promotion_code: null,
      discount: null,
      ...(typeof one === 'object' && !Array.isArray(one) && textsOf(one)),
    })),
  }
}

function itemOf(account: Account, params: Param) {
  const price = typeof params === 'object' && !Array.isArray(params) ? text(params, 'price') : undefined
  if (typeof params === 'string' || Array.isArray(params) || price === undefined) {
    throw new Refusal(400, 'Missing required param: phases[items][price].', {code: 'parameter_missing'})
  }
  if (!account.get('prices', price, 'phases[items][price]').active) {
    throw new Refusal(400, 'The price specified is inactive. This field only accepts active prices.', {param: 'price'})
  }
  const quantity = text(params, 'quantity')
  return {
    price,
    metadata: textsOf(parts(params, 'metadata')),
    ...(quantity !== undefined && {quantity: Number(quantity)}),
  }
}

const days: Readonly<Record<string, number>> = {day: 1, week: 7, month: 31, year: 365}

// Stripe counts in calendar months; nothing here depends on the day.
function endOf(start: number, params: Params): number {
  const end = text(params, 'end_date')
  const duration = parts(params, 'duration') ?? {}
  if (end !== undefined && params['duration'] !== undefined) {
    throw new Refusal(400, 'You may only specify one of these parameters: end_date, duration.')
  }
  if (end !== undefined) return Number(end)
  const length = days[text(duration, 'interval') ?? 'month'] ?? 31
  return start + length * Number(text(duration, 'interval_count') ?? 1) * 86_400
}

function textsOf(params: Params = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(params).flatMap(([k, v]) => (typeof v === 'string' ? [[k, v]] : [])))
}
