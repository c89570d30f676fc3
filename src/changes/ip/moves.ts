import type {Reader} from '../../db/transaction.ts'
import {listSendingCampaigns} from '../../queries/campaign/sending.ts'
import type {Assignment} from '../../queries/ip/assignments.ts'
import type {IpRow} from '../../queries/ip/columns.ts'
import {firstFew} from '../../rules/first-few.ts'
import {ipVersion} from '../../rules/ip-address.ts'
import type {Move} from '../../rules/ip-placement.ts'
import {counted} from '../wording.ts'
import type {Seating} from './choose-hosts.ts'

/** What it means that these assignments of leaving IPs end: which domain goes where, and what is sending by it. */
export async function movesOf(
  db: Reader,
  ips: readonly IpRow[],
  assignments: readonly Assignment[],
  homes: Seating['homes'],
): Promise<Move[]> {
  const campaigns = await listSendingCampaigns(
    db,
    assignments.flatMap(({domain_id}) => domain_id ?? []),
  )
  const sending = Map.groupBy(campaigns, ({domain_id}) => domain_id)
  const from = new Map(ips.map(({id, ip}) => [id, ip]))
  return assignments.map(({domain, domain_id, tenant, ip_id}) => ({
    domain,
    tenant,
    from: from.get(ip_id ?? '') ?? '',
    to: homes.get(domain_id ?? '') ?? null,
    sending: (sending.get(domain_id) ?? []).map(({name}) => name),
  }))
}

/** The plan in a sentence. @param what the leaving IPs: `203.0.113.24`, `3 IPs` */
export function headlineOf(what: string, count: number, moves: readonly Move[]): string {
  if (moves.length === 0) return `Quarantine ${what}, which ${count === 1 ? 'carries' : 'carry'} no domains.`
  const stopped = moves.filter(stops)
  return stopped.length === 0
    ? `Quarantine ${what} and move ${whose(moves)}.`
    : `Quarantine ${what} and leave ${whose(stopped)} without an IP.`
}

function whose(moves: readonly Move[]): string {
  return `${counted(domainsOf(moves).length, 'domain')} of ${counted(tenantsOf(moves).length, 'tenant')}`
}

function stops({to}: Move): boolean {
  return to === null
}

/** What the operator should know before domains move so. */
export function warningsOf(moves: readonly Move[]): string[] {
  const sending = new Set(moves.flatMap((move) => move.sending))
  const stopped = domainsOf(moves.filter(stops)).length
  return [
    ...(stopped > 0 ? [`${counted(stopped, 'domain')} will stop sending.`] : []),
    ...(sending.size > 0 ? [`Sending now: ${firstFew([...sending])}.`] : []),
    ...changesOfVersion(moves),
  ]
}

function changesOfVersion(moves: readonly Move[]): string[] {
  const turning = ({from, to}: Move) => to !== null && ipVersion(from) !== ipVersion(to)
  const turned = Map.groupBy(moves.filter(turning), ({to}) => ipVersion(to ?? ''))
  const [toV6, toV4] = [domainsOf(turned.get(6) ?? []), domainsOf(turned.get(4) ?? [])]
  return [
    ...(toV6.length > 0 ? [`From IPv4 to IPv6, which not every receiver takes mail from: ${firstFew(toV6)}.`] : []),
    ...(toV4.length > 0 ? [`From IPv6 to IPv4: ${firstFew(toV4)}.`] : []),
  ]
}

/** What is touched, for the audit record. */
export function targetsOf(moves: readonly Move[], ips: readonly string[]): string[] {
  const hosts = moves.flatMap(({to}) => to ?? [])
  return [
    ...[...new Set([...ips, ...hosts])].map((ip) => `ip:${ip}`),
    ...domainsOf(moves).map((domain) => `domain:${domain}`),
    ...tenantsOf(moves).map((tenant) => `tenant:${tenant}`),
  ]
}

function domainsOf(moves: readonly Move[]): string[] {
  return [...new Set(moves.map(({domain}) => domain))]
}

function tenantsOf(moves: readonly Move[]): string[] {
  return [...new Set(moves.flatMap(({tenant}) => tenant ?? []))]
}
