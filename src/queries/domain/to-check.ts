import {isIP} from 'node:net'
import {type Expression, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {UnknownNames} from '../../rules/about-names.ts'
import {spelledDomain, spellingsOf} from '../../rules/domain-name.ts'
import {soughtOf} from '../../rules/sought.ts'
import {isAnyOf} from '../any-of.ts'
import {eachOnce} from '../each-once.ts'
import {isNamed} from '../names.ts'
import {isUuid} from '../tenant/matches.ts'

/** A domain as a check needs it: what shall be in DNS, and which IPs send for it. */
export type DomainToCheck = Awaited<ReturnType<typeof selectToCheck>>[number]

/** Which domains to check, where they are not named. */
export interface ToCheckFilter {
  tenantId?: string | undefined
  status?: readonly string[] | undefined
  /** Only those behind the domain with this id. */
  after?: string | undefined
}

/** So many are read at a time: when their turn comes, and not long before. */
export const pageSize = 500

/**
 * The domains with these names, in any case, or ids, in the order they were named.
 * @throws NotFound naming the unknown ones; UsageError where two names mean the same domain
 */
export async function getDomainsToCheck(db: Reader, named: readonly string[]): Promise<DomainToCheck[]> {
  return theNamed(await findDomainsToCheck(db, named), named)
}

/** The ids of the same domains. @throws what `getDomainsToCheck` throws */
export async function getIdsToCheck(db: Reader, named: readonly string[]): Promise<string[]> {
  const domains = db.selectFrom('domains as d').where(isOneOf(db, named)).orderBy('d.id').select(['d.id', 'd.domain'])
  return theNamed(await domains.execute(), named).map(({id}) => id)
}

function theNamed<Row extends {id: string; domain: string}>(rows: readonly Row[], named: readonly string[]): Row[] {
  // Names are the tenants' to choose: none of them takes the place of an id.
  const namesOf = ({id, domain}: Row) => [id, ...spellingsOf(domain).filter((name) => !isUuid(name))]
  const called = rows.flatMap((row) => namesOf(row).map((name) => ({name, row})))
  const byName = Map.groupBy(called, ({name}) => name.toLowerCase())
  const missing = named.filter((name) => !byName.has(name.toLowerCase()))
  if (missing.length > 0) throw unknown(missing)
  const meaning = (name: string) => new Set(byName.get(name.toLowerCase())?.map(({row}) => row))
  return eachOnce(named, meaning, 'domain')
}

/** Those of these names and ids that are known. */
export function findDomainsToCheck(db: Reader, named: readonly string[]): Promise<DomainToCheck[]> {
  return selectToCheck(db, isOneOf(db, named))
}

function isOneOf(db: Reader, named: readonly string[]) {
  const names = named.filter((name) => !isUuid(name))
  const byName = isNamed(db, 'd.id', 'pm.domain_names', [...names, ...names.map(spelledDomain)])
  const byId = isAnyOf('d.id', named.filter(isUuid), 'uuid')
  return sql<boolean>`(${byName} or ${byId})`
}

/** How many domains a filter lets through. */
export async function countToCheck(db: Reader, filter: ToCheckFilter): Promise<number> {
  const {count} = await db
    .selectFrom('domains as d')
    .where(chosenBy(filter))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The first of the domains that a filter lets through, in the order of their ids; none at the end. */
export function pageToCheck(db: Reader, filter: ToCheckFilter): Promise<DomainToCheck[]> {
  return selectToCheck(db, chosenBy(filter), pageSize)
}

/** Those of some hundred ids that are still there, in their order. */
export async function listToCheck(db: Reader, ids: readonly string[]): Promise<DomainToCheck[]> {
  const rows = await selectToCheck(db, isAnyOf('d.id', ids, 'uuid'))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function chosenBy({tenantId, status, after}: ToCheckFilter) {
  const conditions = [
    ...(tenantId === undefined ? [] : [sql`d.tenant_id = ${tenantId}`]),
    ...(status === undefined ? [] : [sql`d.verification_status = any(${[...status]}::text[])`]),
    ...(after === undefined ? [] : [sql`d.id > ${after}`]),
    sql`true`,
  ]
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

function selectToCheck(db: Reader, which: ReturnType<typeof sql<boolean>>, limit?: number) {
  const domains = db
    .selectFrom('domains as d')
    .leftJoin('tenants as t', 't.id', 'd.tenant_id')
    .where(which)
    .orderBy('d.id')
    .select(['d.id', 'd.domain', 't.name as tenant', 'd.dns_records as document'])
    .select((eb) => [sql<{ip: string; helo: string | null}[]>`${sendersOf(eb.ref('d.id'))}`.as('senders')])
  return (limit === undefined ? domains : domains.limit(limit)).execute()
}

// Whatever sends for a domain greets with its Mailu name, where that is known.
function sendersOf(domain: Expression<unknown>) {
  return sql`coalesce((select jsonb_agg(jsonb_build_object('ip', i.ip_address, 'helo', d.mailu_domain) order by i.ip_address)
    from domain_ip_assignments a join smtp_ip_addresses i on i.id = a.smtp_ip_address_id
    where a.domain_id = ${domain} and a.status in ('active', 'warming')), '[]')`
}

function unknown(missing: readonly string[]): UnknownNames {
  const ip = missing.find((name) => isIP(name) !== 0)
  return new UnknownNames(missing.length === 1 ? 'domain' : 'domains', missing, {
    hint: ip
      ? `${ip} is an IP address. To look at it: pm ip check ${ip}`
      : 'A domain that pm does not know is looked at with: pm domain doctor NAME --unknown',
    ...soughtOf(missing, 'domain'),
  })
}
