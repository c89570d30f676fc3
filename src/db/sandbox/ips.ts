import type {Json} from '../schema/json.ts'
import {liveAssignments} from './assignment-list.ts'
import type {Clock} from './clock.ts'
import {type Blocklist, ipId, ipList, type SandboxIp} from './ip-list.ts'
import type {RowOf} from './row-of.ts'
import {vpsAge, vpsId} from './vps.ts'

/** What each list answers for an address it has, and what it says about it. */
const listings: Readonly<Record<Blocklist, {code: string; reason: string}>> = {
  'zen.spamhaus.org': {code: '127.0.0.2', reason: 'SBL: spam source'},
  'bl.spamcop.net': {code: '127.0.0.2', reason: 'Reported by users in the last 24 hours'},
  'b.barracudacentral.org': {code: '127.0.0.2', reason: 'Poor reputation'},
}

/** Rows of `smtp_ip_addresses`. */
export function ipRows(clock: Clock): RowOf<'smtp_ip_addresses'>[] {
  return ipList.map((ip, i) => {
    const age = vpsAge(ip.vps) * (1 - (i % 10) / 200)
    return {
      id: ipId(ip.address),
      vps_instance_id: vpsId(ip.vps),
      ip_address: ip.address,
      status: ip.status,
      reputation_state: ip.reputation,
      approximate_cost: ip.address.includes(':') ? '0.50' : '3.00',
      last_reputation_check: ip.checked === null ? null : clock.hoursAgo(ip.checked),
      assigned_count: liveAssignments.filter((assignment) => assignment.ip === ip.address).length,
      provider_blacklist_status: blocklistDocument(clock, ip),
      created: clock.daysAgo(age),
      updated: ip.checked === null ? clock.daysAgo(age) : clock.hoursAgo(ip.checked),
    }
  })
}

/** The `provider_blacklist_status` document of an IP, or null where the lists were never asked. */
function blocklistDocument(clock: Clock, {checked, listed = [], refused}: SandboxIp): Json {
  if (checked === null) return null
  const answers = (Object.keys(listings) as Blocklist[]).map((list) => {
    if (list === refused) return [list, {status: 'unknown', code: '127.255.255.254', reason: 'Refuses this resolver'}]
    return [list, listed.includes(list) ? {status: 'listed', ...listings[list]} : {status: 'clean'}]
  })
  return {checked_at: clock.hoursAgo(checked), listed: [...listed], lists: Object.fromEntries(answers)}
}
