import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import {type IpRow, selectIps} from '../ip/columns.ts'
import {getVps} from './find.ts'
import {selectVps, type VpsRow} from './list.ts'

/** Everything an operator wants to know of one VPS. */
export interface VpsDetail extends VpsRow {
  approximate_cost: string | null
  period_start: string | null
  addresses: Pick<IpRow, 'ip' | 'status' | 'reputation' | 'domains'>[]
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

/** @throws NotFound */
export async function getVpsDetail(db: Reader, named: string): Promise<VpsDetail> {
  const {id} = await getVps(db, named)
  const vps = await selectVps(db)
    .where('v.id', '=', id)
    .select(['v.approximate_cost', 'v.current_billing_period_start as period_start'])
    .executeTakeFirstOrThrow()
  const ips = await selectIps(db).where('i.vps_instance_id', '=', id).orderBy('i.ip_address').execute()
  const changes = await listChangesOf(db, `vps:${vps.vps}`, 10)
  return {
    ...vps,
    addresses: ips.map(({ip, status, reputation, domains}) => ({ip, status, reputation, domains})),
    changes: changes.map(({id: change, made, by, command}) => ({id: change, made, by, command})),
  }
}

/** What a prompt offers of VPS instances whose name or address begins with what was typed so far. */
export async function searchVps(db: Reader, typed: string) {
  const prefix = `${typed.replaceAll(/[\\%_]/g, '\\$&')}%`
  const found = await selectVps(db)
    .where((eb) => eb.or([eb('v.hostwinds_instance_id', 'like', prefix), eb('v.ip_address', 'like', prefix)]))
    .orderBy('v.hostwinds_instance_id')
    .limit(20)
    .execute()
  return found.map(({vps, region, status, ips}) => ({
    value: vps,
    name: `${vps}  ${region ?? '-'}, ${status ?? '-'}, ${ips} IPs`,
  }))
}
