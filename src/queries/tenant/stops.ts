import {type AliasableExpression, sql} from 'kysely'
import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import type {Permission} from '../../rules/permissions.ts'
import {liveStatuses} from '../ip/assignments.ts'

/** Something of a tenant that stops when it is deleted, and goes on when it is restored. */
export interface Stop {
  what: string
  count: number
  /** The first ten by name. */
  names: string[]
}

/** What stops, and what of it the operator may not see. */
export interface Stops {
  stops: Stop[]
  hidden: {what: string; permission: Permission}[]
}

const shownNames = 10

/** What of a tenant stops with it; what it has none of is left out. */
export async function stopsOf(db: Reader, {permissions}: Operator, tenantId: string): Promise<Stops> {
  const kinds = kindsOf(db, tenantId)
  const seen = kinds.filter(({permission}) => permissions.includes(permission))
  const stops: Stop[] = []
  for (const {what, rows} of seen) stops.push({what, ...(await firstNames(db, rows))})
  return {
    stops: stops.filter(({count}) => count > 0),
    hidden: kinds.filter((kind) => !seen.includes(kind)).map(({what, permission}) => ({what, permission})),
  }
}

type Named = AliasableExpression<{name: string | null}>

interface Kind {
  what: string
  permission: Permission
  rows: Named
}

function kindsOf(db: Reader, tenantId: string): Kind[] {
  return [
    {what: 'users', permission: 'tenant.read', rows: membersOf(db, tenantId)},
    {what: 'companies', permission: 'company.read', rows: companiesOf(db, tenantId)},
    {what: 'domains', permission: 'domain.read', rows: domainsOf(db, tenantId)},
    {what: 'IPs it sends by', permission: 'ip.read', rows: ipsOf(db, tenantId)},
    {what: 'e-mail accounts', permission: 'account.read', rows: accountsOf(db, tenantId)},
    {what: 'campaigns', permission: 'campaign.read', rows: campaignsOf(db, tenantId)},
  ]
}

async function firstNames(db: Reader, rows: Named): Promise<{count: number; names: string[]}> {
  const first = await db
    .selectFrom(rows.as('r'))
    .select(['r.name', sql<number>`count(*) over ()`.as('count')])
    .orderBy('r.name')
    .limit(shownNames)
    .execute()
  return {count: first[0]?.count ?? 0, names: first.flatMap(({name}) => name ?? [])}
}

function membersOf(db: Reader, tenantId: string) {
  return db
    .selectFrom('tenant_users as m')
    .leftJoin('users as u', 'u.id', 'm.user_id')
    .where('m.tenant_id', '=', tenantId)
    .where('m.deleted', 'is', null)
    .select((eb) => eb.fn.coalesce('u.email', 'm.email').as('name'))
}

function companiesOf(db: Reader, tenantId: string) {
  return db.selectFrom('companies').where('tenant_id', '=', tenantId).select('name')
}

function domainsOf(db: Reader, tenantId: string) {
  return db.selectFrom('domains').where('tenant_id', '=', tenantId).select('domain as name')
}

function ipsOf(db: Reader, tenantId: string) {
  return db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('domains as d', 'd.id', 'a.domain_id')
    .innerJoin('smtp_ip_addresses as i', 'i.id', 'a.smtp_ip_address_id')
    .where('d.tenant_id', '=', tenantId)
    .where('a.status', 'in', liveStatuses)
    .select('i.ip_address as name')
    .distinct()
}

function accountsOf(db: Reader, tenantId: string) {
  return db
    .selectFrom('email_accounts')
    .where('tenant_id', '=', tenantId)
    .where('status', 'is distinct from', 'suspended')
    .select('email as name')
}

// Those that send or are about to.
function campaignsOf(db: Reader, tenantId: string) {
  return db
    .selectFrom('campaigns')
    .where('tenant_id', '=', tenantId)
    .where('status', 'in', ['sending', 'scheduled'])
    .select('name')
}
