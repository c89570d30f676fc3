import {getIps} from '../../queries/ip/find.ts'
import type {Reputation} from '../../rules/ip-lifecycle.ts'
import type {Change} from '../plan.ts'
import {named} from '../wording.ts'

export interface RateInput {
  ips: readonly string[]
  reputation: Reputation
}

/** Records what the world thinks of IPs. One that has the reputation already is left alone. */
export const rateIps: Change<RateInput> = {
  permission: 'ip.write',
  grade: 'mild',
  plan: async (db, {ips: addresses, reputation}) => {
    const ips = (await getIps(db, addresses)).filter((ip) => ip.reputation !== reputation)
    const subject = named(addresses, 'IP')
    return {
      headline: `Rate ${subject} ${reputation}.`,
      subject,
      targets: ips.map(({ip}) => `ip:${ip}`),
      rows: ips.map(({id, ip, reputation: before}) => ({
        table: 'public.smtp_ip_addresses',
        label: `ip ${ip}`,
        key: {id},
        before: {reputation_state: before},
        after: {reputation_state: reputation},
      })),
      effects: [],
      warnings: [],
    }
  },
}
