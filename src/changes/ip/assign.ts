import type {Reader} from '../../db/transaction.ts'
import {databaseNow} from '../../queries/clock.ts'
import {getDomain} from '../../queries/domain/find.ts'
import {listDomainAssignments} from '../../queries/domain/live-assignments.ts'
import type {IpRow} from '../../queries/ip/columns.ts'
import {getIp} from '../../queries/ip/find.ts'
import {countLiveAssignments} from '../../queries/ip/live-counts.ts'
import {Conflict} from '../../rules/errors.ts'
import {mayCarryDomains} from '../../rules/ip-lifecycle.ts'
import type {Change, Plan, RowChange} from '../plan.ts'
import {deletedWarning} from '../tenant/deleted-warning.ts'
import {verifyOneIp} from './one-ip.ts'
import {departedIps, expireAssignment, ipChange, newAssignment} from './rows.ts'
import {verifyCounts} from './true-counts.ts'

export interface AssignInput {
  domain: string
  ip: string
}

/** Makes a domain send by an IP; one that sends by another moves. */
export const assignDomain: Change<AssignInput> = {
  permission: 'ip.write',
  grade: 'moderate',
  plan: planAssign,
  verify: async (db, plan) => {
    await verifyCounts(db, plan)
    await verifyOneIp(db, plan)
  },
}

/** Takes a domain off its IP: it stops sending. */
export const unassignDomain: Change<{domain: string}> = {
  permission: 'ip.write',
  grade: 'moderate',
  plan: planUnassign,
  verify: verifyCounts,
}

async function planAssign(db: Reader, {domain: name, ip: address}: AssignInput): Promise<Plan> {
  const domain = await getDomain(db, name)
  const ip = await getIp(db, address)
  assertCanCarry(ip)
  const current = await listDomainAssignments(db, domain.id)
  if (current.some(({ip_id}) => ip_id === ip.id)) throw new Conflict(`${domain.domain} sends by ${ip.ip} already.`)
  const now = await databaseNow(db)
  const live = await countLiveAssignments(db, [ip.id])
  const opened = ip.status === 'available' ? {status: 'assigned'} : {}
  return {
    headline: `Make ${domain.domain} of ${domain.tenant ?? 'no tenant'} send by ${ip.ip}.`,
    subject: domain.domain,
    targets: targets(domain, [ip.ip, ...current.map(({ip: from}) => from)]),
    rows: [
      ...(await departures(db, current, domain.domain, now)),
      ipChange(ip, {...opened, assigned_count: (live.get(ip.id) ?? 0) + 1}),
      newAssignment({id: domain.id, name: domain.domain}, ip, now),
    ],
    effects: [],
    warnings: [
      ...current.map(({ip: from}) => `It leaves ${from}.`),
      ...reputationWarning(ip),
      ...(await deletedWarning(db, [domain.tenant_id])),
    ],
  }
}

async function planUnassign(db: Reader, {domain: name}: {domain: string}): Promise<Plan> {
  const domain = await getDomain(db, name)
  const current = await listDomainAssignments(db, domain.id)
  if (current.length === 0) throw new Conflict(`${domain.domain} sends by no IP.`)
  return {
    headline: `Take ${domain.domain} of ${domain.tenant ?? 'no tenant'} off ${current.map(({ip}) => ip).join(', ')}.`,
    subject: domain.domain,
    targets: targets(
      domain,
      current.map(({ip}) => ip),
    ),
    rows: await departures(db, current, domain.domain, await databaseNow(db)),
    effects: [],
    warnings: ['The domain will stop sending.'],
  }
}

type Current = Awaited<ReturnType<typeof listDomainAssignments>>

/** The domain's assignments end, and the IPs they were on count one less. */
async function departures(db: Reader, current: Current, domain: string, now: string): Promise<RowChange[]> {
  return [
    ...current.map((assignment) => expireAssignment(assignment, domain, now)),
    ...(await departedIps(db, current)),
  ]
}

function assertCanCarry({ip, status}: IpRow): void {
  if (status === 'available' || (status && mayCarryDomains(status))) return
  throw new Conflict(`${ip} is ${status} and cannot carry domains.`, {
    hint: 'See which can: pm ip list --status warmed',
  })
}

function reputationWarning({ip, reputation, listed_on}: IpRow): string[] {
  if (listed_on.length > 0) return [`${ip} is listed on ${listed_on.join(', ')}.`]
  return reputation === 'poor' || reputation === 'critical' ? [`The reputation of ${ip} is ${reputation}.`] : []
}

function targets({domain, tenant}: {domain: string; tenant: string | null}, ips: readonly string[]): string[] {
  return [
    `domain:${domain}`,
    ...[...new Set(ips)].map((ip) => `ip:${ip}`),
    ...(tenant === null ? [] : [`tenant:${tenant}`]),
  ]
}
