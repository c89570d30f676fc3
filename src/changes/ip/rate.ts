import {type FoundIps, findIps} from '../../queries/ip/find.ts'
import type {Reputation} from '../../rules/ip-lifecycle.ts'
import type {Plan} from '../plan.ts'
import {setWise} from '../set-wise.ts'
import {named} from '../wording.ts'

export interface RateInput {
  ips: readonly string[]
  reputation: Reputation
}

/** Records what the world thinks of IPs. One that has the reputation already is left alone. */
export const rateIps = setWise<RateInput>({
  permission: 'ip.write',
  grade: 'mild',
  readFor: async (db, inputs) => {
    const found = await findIps(
      db,
      inputs.flatMap(({ips}) => ips),
    )
    return ({ips, reputation}) => planRate(found, ips, reputation)
  },
})

function planRate(found: FoundIps, addresses: readonly string[], reputation: Reputation): Plan {
  const ips = found.meantBy(addresses)
  const changing = ips.filter((ip) => ip.reputation !== reputation)
  const rest = ips.filter((ip) => ip.reputation === reputation)
  const subject = named(addresses, 'IP')
  return {
    headline: `Rate ${subject} ${reputation}.`,
    subject,
    targets: changing.map(({ip}) => `ip:${ip}`),
    rows: changing.map(({id, ip, reputation: before}) => ({
      table: 'public.smtp_ip_addresses',
      label: `ip ${ip}`,
      key: {id},
      before: {reputation_state: before},
      after: {reputation_state: reputation},
    })),
    effects: [],
    warnings: [],
    settled: rest.map(({id, ip}) => ({id, said: `${ip} is ${reputation} already.`})),
  }
}
