import {sql} from 'kysely'
import type {Operator} from '../../db/identity.ts'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'
import {type IpStatus, ipStatuses} from '../../rules/ip-lifecycle.ts'
import {mostCounted} from '../../rules/most-counted.ts'
import type {Permission} from '../../rules/permissions.ts'
import {stuckAfterDays} from '../../rules/warm-up.ts'
import {type ChangeRow, selectChanges} from '../audit/list.ts'
import {countSome} from '../count.ts'
import {isInUse, isListed, notCheckedFor} from '../ip/columns.ts'

/**
 * The platform on one screen. Every count is answered by an index on what it counts, and ends at `mostCounted` (but for the
 * IPs by status), so that it takes as long however large the tables are. What `hidden` says is left out is null, and not none.
 */
export interface Overview {
  ips: {status: IpStatus; count: number}[]
  listed_ips: number
  stale_checks: number
  domains: {status: 'failed' | 'error'; count: number}[] | null
  warming: {ips: number; domains: number; stuck: number}
  past_due: {subscriptions: number; monthly: number} | null
  pending_plan_changes: number | null
  cancelling: number | null
  database: {version: string; size: string}
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[] | null
  /** The permissions that the operator lacks to see the rest. */
  hidden: Permission[]
}

const staleAfterDays = 7

export async function getOverview(db: Reader, {permissions}: Operator): Promise<Overview> {
  const needed = ['domain.read', 'subscription.read', 'audit.read'] as const
  const hidden = needed.filter((permission) => !permissions.includes(permission))
  const subscriptions = !hidden.includes('subscription.read')
  return {
    ips: await ipsByStatus(db),
    ...(await ipTroubles(db)),
    domains: hidden.includes('domain.read') ? null : await failingDomains(db),
    warming: await warmUps(db),
    past_due: subscriptions ? await pastDue(db) : null,
    ...(subscriptions ? await planChanges(db) : {pending_plan_changes: null, cancelling: null}),
    database: await database(db),
    changes: hidden.includes('audit.read') ? null : await lastChanges(db),
    hidden,
  }
}

async function ipsByStatus(db: Reader): Promise<Overview['ips']> {
  // Each is counted by the index on it, and not all of them by reading the table.
  return readRaw(
    db,
    sql<{status: IpStatus; count: number}>`
      select status, (select count(*) from smtp_ip_addresses i where i.status = s.status) as count
      from unnest(${sql.val([...ipStatuses])}::text[]) as s (status)`,
  )
}

async function ipTroubles(db: Reader): Promise<Pick<Overview, 'listed_ips' | 'stale_checks'>> {
  const inUse = db.selectFrom('smtp_ip_addresses as i').where(isInUse)
  return {
    listed_ips: await countSome(db, inUse.where(isListed)),
    stale_checks: await countSome(db, inUse.where(notCheckedFor(staleAfterDays))),
  }
}

async function failingDomains(db: Reader): Promise<Overview['domains']> {
  const count = (status: 'failed' | 'error') =>
    countSome(db, db.selectFrom('domains').where('verification_status', '=', status))
  return [
    {status: 'failed', count: await count('failed')},
    {status: 'error', count: await count('error')},
  ]
}

async function warmUps(db: Reader): Promise<Overview['warming']> {
  const domains = db.selectFrom('domain_ip_assignments').where('status', '=', 'warming')
  const stuckSince = sql<string>`now() - make_interval(days => ${stuckAfterDays})`
  return {
    ips: await countSome(db, db.selectFrom('smtp_ip_addresses').where('status', '=', 'warming')),
    domains: await countSome(db, domains),
    stuck: await countSome(db, domains.where('assigned', '<', stuckSince)),
  }
}

async function pastDue(db: Reader): Promise<Overview['past_due']> {
  const owing = db
    .selectFrom('subscriptions')
    .where('status', 'in', ['past_due', 'unpaid'])
    .select('plan_id')
    .limit(mostCounted)
  return db
    .selectFrom(owing.as('s'))
    .leftJoin('plans as p', 'p.id', 's.plan_id')
    .select((eb) => [
      eb.fn.countAll<number>().as('subscriptions'),
      sql<number>`coalesce(sum(p.price_monthly), 0)`.as('monthly'),
    ])
    .executeTakeFirstOrThrow()
}

async function planChanges(db: Reader): Promise<Pick<Overview, 'pending_plan_changes' | 'cancelling'>> {
  const subscriptions = db.selectFrom('subscriptions')
  return {
    pending_plan_changes: await countSome(db, subscriptions.where('pending_plan_id', 'is not', null)),
    cancelling: await countSome(db, subscriptions.where('cancel_at_period_end', '=', true)),
  }
}

async function database(db: Reader): Promise<Overview['database']> {
  return db
    .selectNoFrom([
      sql<string>`current_setting('server_version')`.as('version'),
      sql<string>`pg_size_pretty(pg_database_size(current_database()))`.as('size'),
    ])
    .executeTakeFirstOrThrow()
}

async function lastChanges(db: Reader): Promise<Overview['changes']> {
  const changes = await selectChanges(db).orderBy('c.id', 'desc').limit(5).execute()
  return changes.map(({id, made, by, command}) => ({id, made, by, command}))
}
