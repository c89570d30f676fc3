import type {Reader} from '../../db/transaction.ts'
import {beginsWith, inPrefixOrder} from '../prefix.ts'
import {selectIps} from './columns.ts'

/** What a prompt offers of IPs whose address begins with what was typed so far. */
export async function searchIps(db: Reader, typed: string) {
  const ips = await selectIps(db)
    .where(beginsWith('i.ip_address', typed))
    .orderBy(inPrefixOrder('i.ip_address'))
    .limit(20)
    .execute()
  return ips.map(({ip, status, reputation, domains}) => ({
    value: ip,
    name: `${ip}  ${status ?? '-'}, ${reputation ?? 'unrated'}, ${domains} ${domains === 1 ? 'domain' : 'domains'}`,
  }))
}
