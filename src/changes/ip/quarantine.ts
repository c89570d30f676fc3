import type {Reader} from '../../db/transaction.ts'
import {listSendingCampaigns} from '../../queries/campaign/sending.ts'
import {databaseNow} from '../../queries/clock.ts'
import {type Assignment, liveAssignments} from '../../queries/ip/assignments.ts'
import type {IpRow} from '../../queries/ip/columns.ts'
import {getIps} from '../../queries/ip/find.ts'
import {firstFew} from '../../rules/first-few.ts'
import {ipVersion} from '../../rules/ip-address.ts'
import {assertIpMove} from '../../rules/ip-lifecycle.ts'
import type {Move} from '../../rules/ip-placement.ts'
import {eachPossible} from '../each-possible.ts'
import type {Change, Plan} from '../plan.ts'
import {deletedWarning} from '../tenant/deleted-warning.ts'
import {counted, leftAlone, named} from '../wording.ts'
import {chooseHosts, type HostChoice, type Seating} from './choose-hosts.ts'
import {arrivals, expireAssignment, ipChange, newAssignment} from './rows.ts'
import {verifyCounts} from './true-counts.ts'

export interface QuarantineInput extends HostChoice {
  ips: readonly string[]
}

/** Takes IPs out of sending: their live assignments expire and each domain moves to a healthy IP. */
export const quarantineIps: Change<QuarantineInput, Move> = {
  permission: 'ip.write',
  grade: 'moderate',
  plan: planQuarantine,
  verify: verifyCounts,
}

async function planQuarantine(db: Reader, input: QuarantineInput): Promise<Plan<Move>> {
  const all = await getIps(db, input.ips)
  const ips = all.filter(({status}) => status !== 'quarantined')
  await eachPossible(ips, nameOf, ({ip, status}) => {
    if (status) assertIpMove(ip, status, 'quarantined')
  })
  const assignments = await liveAssignments(
    db,
    ips.map(({id}) => id),
  ).execute()
  const {seats, homes} = await chooseHosts(db, ips, assignments, input)
  const now = await databaseNow(db)
  const moves = await describe(db, ips, assignments, homes)
  return {
    headline: headline(ips.length > 0 ? ips : all, moves),
    subject: what(ips.length > 0 ? ips : all),
    targets: targets(moves, ips.map(nameOf)),
    rows: [
      ...ips.map((ip) => ipChange(ip, {status: 'quarantined', assigned_count: 0})),
      ...assignments.map((assignment) => ({
        ...expireAssignment(assignment, assignment.domain, now),
        inEffects: true as const,
      })),
      ...(await arrivals(
        db,
        seats.map(({host}) => host),
      )),
      ...seats.map(({assignment, host}) => ({
        ...newAssignment({id: assignment.domain_id ?? '', name: assignment.domain}, host, now),
        inEffects: true as const,
      })),
    ],
    effects: moves,
    warnings: [
      ...leftAlone(all.filter((ip) => !ips.includes(ip)).map(nameOf), 'quarantined'),
      ...warnings(moves),
      ...(await deletedWarning(
        db,
        assignments.map(({tenant_id}) => tenant_id),
      )),
    ],
  }
}

async function describe(
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

function headline(ips: readonly IpRow[], moves: readonly Move[]): string {
  if (moves.length === 0) return `Quarantine ${what(ips)}, which ${ips.length === 1 ? 'carries' : 'carry'} no domains.`
  const stopped = moves.filter(stops)
  return stopped.length === 0
    ? `Quarantine ${what(ips)} and move ${whose(moves)}.`
    : `Quarantine ${what(ips)} and leave ${whose(stopped)} without an IP.`
}

function whose(moves: readonly Move[]): string {
  return `${counted(domainsOf(moves).length, 'domain')} of ${counted(tenantsOf(moves).length, 'tenant')}`
}

function stops({to}: Move): boolean {
  return to === null
}

function what(ips: readonly IpRow[]): string {
  return named(ips.map(nameOf), 'IP')
}

function nameOf({ip}: IpRow): string {
  return ip
}

function warnings(moves: readonly Move[]): string[] {
  const sending = new Set(moves.flatMap((move) => move.sending))
  const stopped = domainsOf(moves.filter(stops)).length
  return [
    ...(stopped > 0 ? [`${counted(stopped, 'domain')} will stop sending.`] : []),
    ...(sending.size > 0 ? [`Sending now: ${[...sending].join(', ')}.`] : []),
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

function targets(moves: readonly Move[], ips: readonly string[]): string[] {
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
