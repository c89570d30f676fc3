import type {VpsStatus} from '../schema/infrastructure.ts'
import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'

interface Vps {
  /** The provider's id. */
  key: string
  address: string
  region: 'us-east' | 'us-west' | 'eu-central'
  /** Dollars a month: what the provider bills. */
  cost: string
  /** Dollars a month: what a tenant's share is reckoned from. */
  share: string
  /** The day of the month it is billed, and days since the current period began. */
  billing: readonly [day: number, into: number]
  /** Days since it was rented. */
  age: number
  /** Active, where nothing is said. */
  status?: VpsStatus
}

const east = {region: 'us-east', cost: '42.00', share: '46.50'} as const
const west = {region: 'us-west', cost: '36.00', share: '39.90'} as const
const central = {region: 'eu-central', cost: '51.00', share: '55.25'} as const

const list = [
  {...east, key: 'hw-410871', address: '192.0.2.5', billing: [3, 17.5], age: 980.4},
  {...east, key: 'hw-410902', address: '203.0.113.5', billing: [11, 9.5], age: 702.1},
  {...west, key: 'hw-415530', address: '198.51.100.5', billing: [21, 28.5], age: 640.7},
  {...central, key: 'hw-420064', address: '198.51.100.133', billing: [1, 19.5], age: 433.2},
  {
    ...west,
    key: 'hw-398217',
    address: '192.0.2.133',
    billing: [15, 5.5],
    age: 1011.9,
    status: 'scheduled_decommission',
  },
  {...central, key: 'hw-431189', address: '203.0.113.133', billing: [19, 1.2], age: 1.3, status: 'provisioning'},
] as const satisfies readonly Vps[]

/** The provider's id of one of our servers. */
export type VpsKey = (typeof list)[number]['key']

const servers: readonly (Vps & {key: VpsKey})[] = list

/** The id of a server. */
export function vpsId(key: VpsKey): string {
  return sandboxId(`vps:${key}`)
}

/** Days since a server was rented. */
export function vpsAge(key: VpsKey): number {
  return servers.find((server) => server.key === key)?.age ?? 0
}

/** Rows of `vps_instances`. */
export function vpsRows(clock: Clock): RowOf<'vps_instances'>[] {
  return servers.map(({key, address, region, status = 'active', cost, share, billing: [day, into], age}) => ({
    id: vpsId(key),
    hostwinds_instance_id: key,
    ip_address: address,
    region,
    status,
    monthly_cost: cost,
    approximate_cost: share,
    hostwinds_billing_day: day,
    current_billing_period_start: clock.daysAgo(into),
    current_billing_period_end: clock.daysAgo(into - 30),
    decommission_scheduled_for: status === 'scheduled_decommission' ? clock.daysAgo(into - 30) : null,
    created: clock.daysAgo(age),
    updated: clock.daysAgo(Math.min(into, age)),
  }))
}
