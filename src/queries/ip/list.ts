import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {IpStatus, Reputation} from '../../rules/ip-lifecycle.ts'
import {naturally, type Ordering, plainly} from '../paging.ts'
import {tenantMatches} from '../tenant/matches.ts'
import {liveStatuses} from './assignments.ts'
import {isInUse, isListed, notCheckedFor, selectIps} from './columns.ts'

export interface IpFilter {
  status?: readonly IpStatus[] | undefined
  reputation?: readonly Reputation[] | undefined
  region?: string | undefined
  vps?: string | undefined
  tenant?: string | undefined
  listed?: boolean | undefined
  unassigned?: boolean | undefined
  /** Only IPs never checked, or not checked for this many days. */
  staleAfterDays?: number | undefined
}

export const ipOrdering: Ordering = {
  by: {
    ip: naturally,
    status: plainly,
    reputation: plainly,
    region: plainly,
    vps: plainly,
    domains: plainly,
    checked: plainly,
  },
  default: 'ip',
  key: 'id',
  neverNull: ['ip', 'domains'],
}

export function listIps(db: Reader, filter: IpFilter) {
  const {status, reputation, region, vps, tenant, listed, unassigned, staleAfterDays} = filter
  let ips = selectIps(db)
  if (status?.length) ips = ips.where('i.status', 'in', status)
  if (reputation?.length) ips = ips.where('i.reputation_state', 'in', reputation)
  if (region !== undefined) ips = ips.where('v.region', '=', region)
  if (vps !== undefined)
    ips = ips.where((eb) => eb.or([eb('v.hostwinds_instance_id', '=', vps), eb('v.ip_address', '=', vps)]))
  if (listed) ips = ips.where(isListed)
  // As `pm status` counts them: what needs somebody. Burned ones are shown to who asks for them.
  if ((listed || staleAfterDays !== undefined) && !status?.length) ips = ips.where(isInUse)
  if (unassigned) ips = ips.where((eb) => eb(eb.fn.coalesce('i.assigned_count', sql.lit(0)), '=', 0))
  if (staleAfterDays !== undefined) ips = ips.where(notCheckedFor(staleAfterDays))
  if (tenant !== undefined) ips = ips.where((eb) => eb('i.id', 'in', carrying(db, tenant)))
  return ips
}

function carrying(db: Reader, tenant: string) {
  return db
    .selectFrom('domain_ip_assignments as a')
    .innerJoin('domains as d', 'd.id', 'a.domain_id')
    .innerJoin('tenants as t', 't.id', 'd.tenant_id')
    .where('a.status', 'in', liveStatuses)
    .where(tenantMatches(tenant))
    .select('a.smtp_ip_address_id')
}
