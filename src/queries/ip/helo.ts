import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {getIps} from './find.ts'

/**
 * IPs with their status, and the name each says in HELO where its live domains agree on one; all that are not burned,
 * where none are named.
 * @throws NotFound naming the unknown ones
 */
export async function listHelos(db: Reader, addresses: readonly string[] | undefined) {
  const named = addresses && (await getIps(db, addresses)).map(({ip}) => ip)
  const ips = db
    .selectFrom('smtp_ip_addresses as i')
    .select(['i.ip_address as ip', 'i.status'])
    .select(
      sql<string | null>`(select min(d.mailu_domain) from domain_ip_assignments a join domains d on d.id = a.domain_id
        where a.smtp_ip_address_id = i.id and a.status in ('active', 'warming')
        having count(distinct d.mailu_domain) = 1)`.as('helo'),
    )
    .orderBy('i.id')
  if (named === undefined) return ips.where('i.status', '<>', 'burned').execute()
  return ips.where(sql<boolean>`i.ip_address = any(${named}::text[])`).execute()
}
