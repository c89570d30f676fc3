import {type FoundIps, findIps} from '../../queries/ip/find.ts'
import {listCarrying} from '../../queries/ip/live-counts.ts'
import {Conflict} from '../../rules/errors.ts'
import {assertIpMove, type IpStatus, legalMovesInWords} from '../../rules/ip-lifecycle.ts'
import {eachPossible} from '../each-possible.ts'
import type {Plan} from '../plan.ts'
import {setWise} from '../set-wise.ts'
import {counted, named} from '../wording.ts'
import {ipChange} from './rows.ts'

interface IpsInput {
  ips: readonly string[]
}

export interface ReleaseInput extends IpsInput {
  as: 'warming' | 'available'
}

/** Brings quarantined IPs back. */
export const releaseIps = setWise<ReleaseInput>({
  permission: 'ip.write',
  grade: 'moderate',
  readFor: async (db, inputs) => {
    const found = await findIps(db, addressesIn(inputs))
    return ({ips, as}) => planMove(found, ips, as, {verb: 'Release', from: 'quarantined'})
  },
})

/** Gives IPs up for good: burned. They must carry no domains any more. */
export const retireIps = setWise<IpsInput>({
  permission: 'ip.write',
  grade: 'moderate',
  readFor: async (db, inputs) => {
    const found = await findIps(db, addressesIn(inputs))
    const carrying = await listCarrying(
      db,
      found.rows.map(({id}) => id),
    )
    return async ({ips}) => {
      const plan = await planMove(found, ips, 'burned', {verb: 'Retire'})
      assertCarryNothing(plan, carrying)
      return plan
    }
  },
  verify: async (db, plan) => assertCarryNothing(plan, await listCarrying(db, idsOf(plan))),
})

function addressesIn(inputs: readonly IpsInput[]): string[] {
  return inputs.flatMap(({ips}) => ips)
}

async function planMove(
  found: FoundIps,
  addresses: readonly string[],
  to: IpStatus,
  {verb, from}: {verb: string; from?: IpStatus},
): Promise<Plan> {
  const ips = found.meantBy(addresses)
  await eachPossible(
    ips,
    ({ip}) => ip,
    ({ip, status}) => {
      if (from && status !== from) throw notIn(from, ip, status)
      if (status) assertIpMove(ip, status, to)
    },
  )
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
function assertCarryNothing(plan: Pick<Plan, 'rows'>, carrying: Awaited<ReturnType<typeof listCarrying>>): void {
  const ids = new Set(idsOf(plan))
  const first = carrying.find(({id}) => ids.has(id))
  if (!first) return
  throw new Conflict(`${first.ip} still carries ${counted(first.domains, 'domain')}.`, {
    hint: `Move them first: pm ip quarantine ${first.ip}`,
  })
}

function idsOf({rows}: Pick<Plan, 'rows'>): string[] {
  return rows.map(({key}) => String(key.id))
}
