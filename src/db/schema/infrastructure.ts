import type {Generated} from 'kysely'
import type {IpStatus, Reputation} from '../../rules/ip-lifecycle.ts'
import type {Json} from './json.ts'

/** Where a server is in its life; the column may also be null (guide: vps_instances). */
export type VpsStatus = 'active' | 'provisioning' | 'scheduled_decommission' | 'decommissioned'

/** Whether a domain sends by an IP; the column may also be null (guide: domain_ip_assignments). */
type AssignmentStatus = 'active' | 'warming' | 'scheduled' | 'expired'

/** How far a domain is warmed up on an IP; the column may also be null (guide: domain_ip_assignments). */
type WarmupState = 'unwarmed' | 'warming' | 'warmed'

/** A server at Hostwinds; deleting one deletes its IPs and their assignments (guide: vps_instances). */
export interface VpsInstancesTable {
  id: Generated<string>
  hostwinds_instance_id: string | null
  ip_address: string | null
  region: string | null
  status: VpsStatus | null
  monthly_cost: string | null
  approximate_cost: string | null
  hostwinds_billing_day: number | null
  current_billing_period_start: string | null
  current_billing_period_end: string | null
  decommission_scheduled_for: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A sending IP; nothing keeps `ip_address` unique or `assigned_count` true (guide: smtp_ip_addresses). */
export interface SmtpIpAddressesTable {
  id: Generated<string>
  vps_instance_id: string | null
  ip_address: string
  status: IpStatus | null
  reputation_state: Reputation | null
  approximate_cost: string | null
  last_reputation_check: string | null
  assigned_count: Generated<number | null>
  provider_blacklist_status: Json | null
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** Which domain sends by which IP; a pair may be there more than once (guide: domain_ip_assignments). */
export interface DomainIpAssignmentsTable {
  id: Generated<string>
  domain_id: string | null
  smtp_ip_address_id: string | null
  status: AssignmentStatus | null
  assigned: Generated<string | null>
  expires: string | null
  warmup_state: WarmupState | null
  last_sent: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}
