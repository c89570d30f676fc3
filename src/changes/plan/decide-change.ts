import type {PlanRow} from '../../queries/plan/columns.ts'
import type {MeantSubscription} from '../../queries/subscription/meant.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {describeExceeded, type ExceededLimit} from '../../rules/plan-limits.ts'
import {isLive} from '../../rules/subscription-status.ts'
import type {Decision} from '../job/decision.ts'
import type {JobItem} from '../job/item.ts'
import type {Footing} from '../plan.ts'

/** Which limits of a plan tenants exceed already, by their ids. */
export type Over = ReadonlyMap<string, readonly ExceededLimit[]>

/** The plan that is changed to, and who exceeds its limits. */
interface Aim {
  to: PlanRow
  over: Over
  /** What each stands on besides its tenant. */
  standsOn: Footing
}

/** One decision for each name, in the order they were named; it means a subscription, or a tenant that has none. */
export function decideAll(names: readonly string[], found: readonly MeantSubscription[], aim: Aim): Decision[] {
  const byName = Map.groupBy(found, ({name}) => name)
  return names.map((name) => {
    const [one, another] = preferLiving(byName.get(name) ?? [])
    if (!one) return {decided: left(name, 'unknown', `No tenant or subscription ${name}.`)}
    if (another) return {decided: left(name, 'refused', several(name))}
    return {decided: decide(one, aim), meant: one.id ?? one.tenant_id}
  })
}

function several(name: string): string {
  return `${name} means several subscriptions: name one by its id or Stripe id.`
}

// As with one tenant: the deleted count only where nobody else has the name.
function preferLiving(meant: readonly MeantSubscription[]): readonly MeantSubscription[] {
  const living = meant.filter(({deleted}) => !deleted)
  return living.length > 0 ? living : meant.slice(0, 1)
}

function decide(meant: MeantSubscription, aim: Aim): JobItem | MissedItem {
  const {name, tenant_id, tenant, deleted, id, status, plan_id, pending_plan_id} = meant
  const {to, over} = aim
  const called = tenant ?? tenant_id
  if (deleted) return left(name, 'deleted', `${called} is deleted.`)
  if (id === null || !isLive(status)) return left(name, 'refused', `${called} has no live subscription.`)
  if (pending_plan_id === to.id) return left(name, 'already', `${called} is to change to ${to.slug} already.`)
  if (plan_id === to.id && pending_plan_id === null) return left(name, 'already', `${called} is on ${to.slug} already.`)
  if (plan_id === to.id) return left(name, 'refused', `${called} is on ${to.slug} but about to leave it: pm plan keep.`)
  const exceeded = over.get(tenant_id)
  if (exceeded) return left(name, 'refused', `${called} is beyond ${exceeded.map(describeExceeded).join(', ')}.`)
  return itemOf(meant, id, aim)
}

function itemOf(
  {name, tenant, tenant_id, ...subscription}: MeantSubscription,
  id: string,
  {to, standsOn}: Aim,
): JobItem {
  const {status, plan_id, pending_plan_id, stripe_subscription_id: stripe} = subscription
  const called = tenant ?? tenant_id
  return {
    target: name,
    targets: [`tenant:${called}`, `subscription:${stripe ?? id}`],
    rows: [
      {
        table: 'public.subscriptions',
        label: `subscription of ${called}`,
        key: {id},
        before: {status, plan_id, pending_plan_id},
        after: {pending_plan_id: to.id},
      },
    ],
    standsOn: {tenant: tenant_id, ...standsOn},
  }
}

function left(target: string, outcome: MissedItem['outcome'], reason: string): MissedItem {
  return {target, outcome, reason}
}
