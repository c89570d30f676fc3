import type {IpStatus, Reputation} from '../../rules/ip-lifecycle.ts'
import {sandboxId} from './sandbox-id.ts'
import type {VpsKey} from './vps.ts'

/** The blocklists the platform asks. */
export type Blocklist = 'zen.spamhaus.org' | 'bl.spamcop.net' | 'b.barracudacentral.org'

/** A sending IP; who sends by it stands in the assignments. */
export interface SandboxIp {
  address: string
  vps: VpsKey
  status: IpStatus
  /** Null for a new address nobody has rated. */
  reputation: Reputation | null
  /** Hours since reputation and blocklists were checked, or null for never. */
  checked: number | null
  listed?: readonly Blocklist[]
  /** A list that refused to answer, which is not the same as clean. */
  refused?: Blocklist
}

const stale = 24 * 9.2
const veryStale = 24 * 33.7
const zen = ['zen.spamhaus.org'] as const
const all = ['zen.spamhaus.org', 'bl.spamcop.net', 'b.barracudacentral.org'] as const

const list = [
  {address: '192.0.2.10', vps: 'hw-410871', status: 'warmed', reputation: 'good', checked: 3.2},
  {address: '192.0.2.11', vps: 'hw-410871', status: 'warmed', reputation: 'good', checked: 3.2},
  {address: '192.0.2.12', vps: 'hw-410871', status: 'warmed', reputation: 'fair', checked: 3.2},
  {address: '192.0.2.13', vps: 'hw-410871', status: 'warming', reputation: 'good', checked: 3.2},
  {address: '192.0.2.14', vps: 'hw-410871', status: 'assigned', reputation: 'good', checked: stale},
  {address: '192.0.2.15', vps: 'hw-410871', status: 'available', reputation: 'good', checked: stale},
  {address: '192.0.2.16', vps: 'hw-410871', status: 'available', reputation: null, checked: null},
  {address: '192.0.2.17', vps: 'hw-410871', status: 'quarantined', reputation: 'poor', checked: 3.2, listed: zen},
  {address: '203.0.113.20', vps: 'hw-410902', status: 'warmed', reputation: 'good', checked: 4.6},
  {address: '203.0.113.21', vps: 'hw-410902', status: 'warmed', reputation: 'good', checked: 4.6},
  {address: '203.0.113.22', vps: 'hw-410902', status: 'warming', reputation: 'fair', checked: 4.6},
  {address: '203.0.113.23', vps: 'hw-410902', status: 'degraded', reputation: 'fair', checked: 4.6},
  {address: '203.0.113.24', vps: 'hw-410902', status: 'warmed', reputation: 'poor', checked: 1.1, listed: zen},
  {address: '203.0.113.25', vps: 'hw-410902', status: 'available', reputation: 'good', checked: 4.6},
  {
    address: '203.0.113.26',
    vps: 'hw-410902',
    status: 'burned',
    reputation: 'critical',
    checked: veryStale,
    listed: all,
  },
  {address: '203.0.113.27', vps: 'hw-410902', status: 'assigned', reputation: null, checked: null},
  {address: '203.0.113.28', vps: 'hw-410902', status: 'quarantined', reputation: 'critical', checked: 4.6, listed: all},
  {address: '2001:db8:113::24', vps: 'hw-410902', status: 'warmed', reputation: 'good', checked: 4.6},
  {address: '198.51.100.30', vps: 'hw-415530', status: 'warmed', reputation: 'good', checked: 6.3},
  {address: '198.51.100.31', vps: 'hw-415530', status: 'warmed', reputation: 'good', checked: 6.3},
  {address: '198.51.100.32', vps: 'hw-415530', status: 'warmed', reputation: 'good', checked: 6.3},
  {address: '198.51.100.33', vps: 'hw-415530', status: 'warming', reputation: 'good', checked: 6.3},
  {
    address: '198.51.100.34',
    vps: 'hw-415530',
    status: 'degraded',
    reputation: 'poor',
    checked: 6.3,
    listed: ['bl.spamcop.net'],
    refused: 'zen.spamhaus.org',
  },
  {address: '198.51.100.35', vps: 'hw-415530', status: 'available', reputation: 'good', checked: 6.3},
  {address: '198.51.100.36', vps: 'hw-415530', status: 'available', reputation: 'fair', checked: stale},
  {
    address: '198.51.100.37',
    vps: 'hw-415530',
    status: 'burned',
    reputation: 'critical',
    checked: veryStale,
    listed: all,
  },
  {address: '198.51.100.140', vps: 'hw-420064', status: 'warmed', reputation: 'good', checked: 2.4},
  {address: '198.51.100.141', vps: 'hw-420064', status: 'warmed', reputation: 'good', checked: 2.4},
  {address: '198.51.100.142', vps: 'hw-420064', status: 'warmed', reputation: 'fair', checked: stale},
  {address: '198.51.100.143', vps: 'hw-420064', status: 'warming', reputation: 'fair', checked: 2.4},
  {address: '198.51.100.144', vps: 'hw-420064', status: 'assigned', reputation: 'good', checked: 2.4},
  {address: '198.51.100.145', vps: 'hw-420064', status: 'available', reputation: 'good', checked: 2.4},
  {address: '198.51.100.146', vps: 'hw-420064', status: 'quarantined', reputation: 'poor', checked: 2.4},
  {address: '2001:db8:e0::40', vps: 'hw-420064', status: 'warmed', reputation: 'good', checked: 2.4},
  {address: '192.0.2.140', vps: 'hw-398217', status: 'warmed', reputation: 'fair', checked: stale},
  {address: '192.0.2.141', vps: 'hw-398217', status: 'warmed', reputation: 'good', checked: stale},
  {address: '192.0.2.142', vps: 'hw-398217', status: 'degraded', reputation: 'critical', checked: 5.8, listed: zen},
  {address: '192.0.2.143', vps: 'hw-398217', status: 'available', reputation: 'fair', checked: stale},
  {address: '192.0.2.144', vps: 'hw-398217', status: 'burned', reputation: 'critical', checked: veryStale, listed: all},
  {address: '203.0.113.140', vps: 'hw-431189', status: 'available', reputation: null, checked: null},
  {address: '203.0.113.141', vps: 'hw-431189', status: 'available', reputation: null, checked: null},
  {address: '203.0.113.142', vps: 'hw-431189', status: 'available', reputation: null, checked: null},
  {address: '203.0.113.143', vps: 'hw-431189', status: 'available', reputation: null, checked: null},
  {address: '2001:db8:e1::40', vps: 'hw-431189', status: 'available', reputation: null, checked: null},
] as const satisfies readonly SandboxIp[]

/** The sending IPs of the sandbox by address. */
export type IpAddress = (typeof list)[number]['address']

/** The sending IPs, server by server. */
export const ipList: readonly (SandboxIp & {address: IpAddress})[] = list

/** The id of a sending IP. */
export function ipId(address: IpAddress): string {
  return sandboxId(`ip:${address}`)
}
