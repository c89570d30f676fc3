import type {Reader} from '../../db/transaction.ts'
import {getIps} from '../../queries/ip/find.ts'
import {listCarrying} from '../../queries/ip/live-counts.ts'
import {Conflict} from '../../rules/errors.ts'
import {assertIpMove, type IpStatus, legalMovesInWords} from '../../rules/ip-lifecycle.ts'
import type {Change, Plan} from '../plan.ts'
import {counted, named} from '../wording.ts'
import {ipChange} from './rows.ts'

export interface ReleaseInput {
  ips: readonly string[]
  as: 'warming' | 'available'
}

/** Brings quarantined IPs back. */
export const releaseIps: Change<ReleaseInput> = {
  permission: 'ip.write',
  grade: 'moderate',
  plan: (db, {ips, as}) => planMove(db, ips, as, {verb: 'Release', from: 'quarantined'}),
}

/** Gives IPs up for good: burned. They must carry no domains any more. */
export const retireIps: Change<{ips: readonly string[]}> = {
  permission: 'ip.write',
  grade: 'moderate',
  plan: async (db, {ips}) => {
    const plan = await planMove(db, ips, 'burned', {verb: 'Retire'})
    await assertCarryNothing(db, plan)
    return plan
  },
  verify: assertCarryNothing,
}

async function planMove(
  db: Reader,
  addresses: readonly string[],
  to: IpStatus,
  {verb, from}: {verb: string; from?: IpStatus},
): Promise<Plan> {
  const ips = await getIps(db, addresses)
  for (const {ip, status} of ips) {
    if (from && status !== from) throw notIn(from, ip, status)
    if (status) assertIpMove(ip, status, to)
  }
  const subject = named(addresses, 'IP')
  return {
    headline: `${verb} ${subject}: ${to} from now on.`,
    subject,
    targets: addresses.map((ip) => `ip:${ip}`),
    rows: ips.map((ip) => ipChange(ip, {status: to})),
    effects: [],
    warnings: [],
  }
}

function notIn(from: IpStatus, ip: string, status: IpStatus | null): Conflict {
  return new Conflict(`${ip} is ${status ?? 'without a status'}, not ${from}.`, {
    ...(status ? {hint: legalMovesInWords(status)} : {}),
    details: {ip, status},
  })
}

// By the assignments themselves: nothing keeps `assigned_count` true.
async function assertCarryNothing(db: Reader, {rows}: Pick<Plan, 'rows'>): Promise<void> {
  const [first] = await listCarrying(
    db,
    rows.map(({key}) => String(key.id)),
  )
  if (!first) return
  throw new Conflict(`${first.ip} still carries ${counted(first.domains, 'domain')}.`, {
    hint: `Move them first: pm ip quarantine ${first.ip}`,
  })
}
