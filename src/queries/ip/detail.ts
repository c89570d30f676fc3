import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import {type Assignment, liveAssignments} from './assignments.ts'
import type {IpRow} from './columns.ts'
import {getIp} from './find.ts'
import {type IpStep, listIpSteps} from './history.ts'

/** Everything an operator wants to know of one IP. */
export interface IpDetail extends IpRow {
  vps_address: string | null
  vps_status: string | null
  vps_monthly_cost: string | null
  blocklists: Json
  created: string | null
  updated: string | null
  assignments: Pick<Assignment, 'domain' | 'tenant' | 'status' | 'warmup' | 'assigned' | 'last_sent'>[]
  /** How many live assignments are at each stage of warming up. */
  warmup: {unwarmed: number; warming: number; warmed: number}
  /** How its status and reputation came to be, as far as operators changed them. */
  history: IpStep[]
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const recentChanges = 10

/** @throws NotFound */
export async function getIpDetail(db: Reader, address: string): Promise<IpDetail> {
  const ip = await getIp(db, address)
  const more = await db
    .selectFrom('smtp_ip_addresses as i')
    .leftJoin('vps_instances as v', 'v.id', 'i.vps_instance_id')
    .where('i.id', '=', ip.id)
    .select(['i.provider_blacklist_status as blocklists', 'i.created', 'i.updated'])
    .select(['v.ip_address as vps_address', 'v.status as vps_status', 'v.monthly_cost as vps_monthly_cost'])
    .executeTakeFirstOrThrow()
  const assignments = await liveAssignments(db, [ip.id]).execute()
  const changes = await listChangesOf(db, `ip:${address}`, recentChanges)
  return {
    ...ip,
    ...more,
    assignments: assignments.map(({domain, tenant, status, warmup, assigned, last_sent}) => ({
      domain,
      tenant,
      status,
      warmup,
      assigned,
      last_sent,
    })),
    warmup: stages(assignments),
    history: await listIpSteps(db, ip),
    changes: changes.map(({id, made, by, command}) => ({id, made, by, command})),
  }
}

function stages(assignments: readonly Assignment[]): IpDetail['warmup'] {
  const at = (stage: string) => assignments.filter(({warmup}) => (warmup ?? 'unwarmed') === stage).length
  return {unwarmed: at('unwarmed'), warming: at('warming'), warmed: at('warmed')}
}
