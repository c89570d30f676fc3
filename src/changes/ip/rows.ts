import {randomUUID} from 'node:crypto'
import type {Reader} from '../../db/transaction.ts'
import type {listDomainAssignments} from '../../queries/domain/live-assignments.ts'
import type {Assignment} from '../../queries/ip/assignments.ts'
import {getIps, type PooledIp} from '../../queries/ip/find.ts'
import type {PooledHost} from '../../queries/ip/hosts.ts'
import {countLiveAssignments} from '../../queries/ip/live-counts.ts'
import type {IpStatus} from '../../rules/ip-lifecycle.ts'
import type {Columns, RowChange} from '../plan.ts'
import type {Seat} from './choose-hosts.ts'

const assignments = 'public.domain_ip_assignments'

/** A change of an IP's row; `before` always holds its status and count, so that any other operator's change shows. */
export function ipChange(
  {id, ip, status, stored_count}: Pick<PooledIp, 'id' | 'ip' | 'status' | 'stored_count'>,
  after: Columns,
): RowChange {
  const before = {status, assigned_count: stored_count}
  return {table: 'public.smtp_ip_addresses', label: `ip ${ip}`, key: {id}, before, after}
}

/** The row of an IP that is taken out of sending, when no domain is left on it. */
export function leavingIp(ip: PooledIp): RowChange {
  return ipChange(ip, {status: 'quarantined', assigned_count: 0})
}

/** The rows that end assignments and begin those of the domains that found a host. */
export function movedDomains(ending: readonly Assignment[], seats: readonly Seat[], now: string): RowChange[] {
  return [
    ...ending.map((assignment) => expireAssignment(assignment, assignment.domain, now)),
    ...seats.map(({assignment: {domain_id, domain}, host}) =>
      newAssignment({id: domain_id ?? '', name: domain}, host, now),
    ),
  ]
}

/** Ends a domain's live assignment at `now`. */
export function expireAssignment(
  assignment: {id: string; status: string | null; ip_id: string | null},
  domain: string,
  now: string,
): RowChange {
  return {
    table: assignments,
    label: `assignment of ${domain}`,
    key: {id: assignment.id},
    before: {status: assignment.status, smtp_ip_address_id: assignment.ip_id},
    after: {status: 'expired', expires: now},
  }
}

/** A new live assignment; on an IP that is still warming the domain warms with it. */
export function newAssignment(
  domain: {id: string; name: string},
  host: {id: string; status: IpStatus | null},
  now: string,
): RowChange {
  const state = {warmed: ['active', 'warmed'], warming: ['warming', 'warming']} as const
  const [status, warmup_state] =
    host.status === 'warmed' || host.status === 'warming' ? state[host.status] : ['active', 'unwarmed']
  const id = randomUUID()
  return {
    table: assignments,
    label: `assignment of ${domain.name}`,
    key: {id},
    before: null,
    after: {id, domain_id: domain.id, smtp_ip_address_id: host.id, status, warmup_state, assigned: now},
  }
}

/** The rows of IPs that domains arrive at, one entry in `hosts` for each arrival; the new count starts from the true one. */
export async function arrivals(db: Reader, hosts: readonly PooledHost[]): Promise<RowChange[]> {
  const distinct = [...new Set(hosts)]
  const live = await countLiveAssignments(
    db,
    distinct.map(({id}) => id),
  )
  return distinct.map((host) => {
    const arriving = hosts.filter((other) => other === host).length
    const count = (live.get(host.id) ?? 0) + arriving
    return ipChange(host, {assigned_count: count})
  })
}

/** The rows of IPs that a domain's live assignments leave; an assigned IP that empties is available again. */
export async function departedIps(
  db: Reader,
  leaving: Awaited<ReturnType<typeof listDomainAssignments>>,
): Promise<RowChange[]> {
  const ips = await getIps(db, [...new Set(leaving.map(({ip}) => ip))])
  const live = await countLiveAssignments(
    db,
    ips.map(({id}) => id),
  )
  return ips.map((ip) => {
    const left = (live.get(ip.id) ?? 0) - leaving.filter(({ip_id}) => ip_id === ip.id).length
    const emptied = ip.status === 'assigned' && left === 0 ? {status: 'available'} : {}
    return ipChange(ip, {...emptied, assigned_count: left})
  })
}
