import type {Reader} from '../../db/transaction.ts'
import {selectIps} from './columns.ts'

/** What a prompt offers of IPs whose address begins with what was typed so far. */
export async function searchIps(db: Reader, typed: string) {
  const prefix = `${typed.replaceAll(/[\\%_]/g, '\\$&')}%`
  const ips = await selectIps(db).where('i.ip_address', 'like', prefix).orderBy('i.ip_address').limit(20).execute()
  return ips.map(({ip, status, reputation, domains}) => ({
    value: ip,
    name: `${ip}  ${status ?? '-'}, ${reputation ?? 'unrated'}, ${domains} domains`,
  }))
}
