import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {databaseNow} from '../../queries/clock.ts'
import {type FoundTenant, getTenant, listNamesakes, tenantTarget} from '../../queries/tenant/find.ts'
import {type Stop, stopsOf} from '../../queries/tenant/stops.ts'
import {subscriptionOf} from '../../queries/tenant/subscription.ts'
import {Conflict} from '../../rules/errors.ts'
import {isLive} from '../../rules/subscription-status.ts'
import type {Change, Plan} from '../plan.ts'

/** Marks a tenant as deleted. Nothing of it is taken away, but all of it stops. */
export const deleteTenant: Change<{tenant: string}, Stop> = {
  permission: 'tenant.delete',
  grade: 'severe',
  plan: async (db, {tenant: named}, operator) => {
    const tenant = await getTenant(db, named)
    if (tenant.deleted !== null) {
      throw new Conflict(`${nameOf(tenant)} is deleted already.`, {
        hint: `To bring it back: pm tenant restore ${tenant.id}`,
        details: tenant,
      })
    }
    const plan = await planMark(db, operator, tenant, await databaseNow(db))
    return {
      ...plan,
      headline: `Delete the tenant ${nameOf(tenant)}${plan.effects.length > 0 ? ', and stop all of this' : ''}.`,
      warnings: [...plan.warnings, ...(await whatIsCharged(db, tenant))],
    }
  },
}

/** Takes the mark away: what stopped with the tenant goes on. */
export const restoreTenant: Change<{tenant: string}, Stop> = {
  permission: 'tenant.delete',
  grade: 'severe',
  plan: async (db, {tenant: named}, operator) => {
    const tenant = await getTenant(db, named, 'deleted')
    if (tenant.deleted === null) {
      throw new Conflict(`${nameOf(tenant)} is not deleted.`, {
        hint: 'See which are: pm tenant list --deleted',
        details: tenant,
      })
    }
    const plan = await planMark(db, operator, tenant, null)
    return {
      ...plan,
      headline: `Restore the tenant ${nameOf(tenant)}${plan.effects.length > 0 ? ', and let all of this go on' : ''}.`,
      warnings: [...plan.warnings, ...(await whatIsUnpaid(db, tenant))],
    }
  },
}

async function planMark(
  db: Reader,
  operator: Operator,
  tenant: FoundTenant,
  deleted: string | null,
): Promise<Omit<Plan<Stop>, 'headline'>> {
  const {id, name} = tenant
  const {stops, hidden} = await stopsOf(db, operator, id)
  const namesakes = await listNamesakes(db, tenant)
  const unseen = hidden.map(({what, permission}) => `${what} (${permission})`)
  return {
    subject: isTypable(name) ? name : id,
    targets: [tenantTarget(tenant)],
    rows: [
      {
        table: 'public.tenants',
        label: `tenant ${nameOf(tenant)}`,
        key: {id},
        before: {name, deleted: tenant.deleted},
        after: {deleted},
      },
    ],
    effects: stops,
    warnings: [
      ...(unseen.length > 0 ? [`There may be more, which you may not see: ${unseen.join(', ')}.`] : []),
      ...namesakes.map(
        (other) => `${other.deleted ? 'A deleted' : 'Another'} tenant has this name: ${other.id}. This one is ${id}.`,
      ),
    ],
  }
}

function nameOf({name, id}: FoundTenant): string {
  return name ?? id
}

// Nobody can type a name that moves the cursor, or tell apart what does not show.
function isTypable(name: string | null): name is string {
  return name !== null && name !== '' && name === name.trim() && !/\p{C}/u.test(name)
}

async function whatIsCharged(db: Reader, {id}: FoundTenant): Promise<string[]> {
  const shown = (await subscriptionOf(db, id))?.shown
  if (!shown || !isLive(shown.status)) return []
  const name = shown.stripe_subscription_id ?? shown.id
  return [`Stripe is not told: ${name} (${shown.plan ?? 'no plan'}) is charged until it is canceled there.`]
}

async function whatIsUnpaid(db: Reader, {id}: FoundTenant): Promise<string[]> {
  const status = (await subscriptionOf(db, id))?.shown.status ?? null
  return isLive(status) ? [] : ['It has no live subscription: the platform restricts it until it subscribes again.']
}
