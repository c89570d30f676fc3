import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {IpStatus} from '../../rules/ip-lifecycle.ts'
import {findIps} from './find.ts'

/** An address with what is known of it. */
export interface KnownIp {
  ip: string
  isPooled: boolean
  status: IpStatus | null
  /** What it says in HELO, where its live domains agree on one name. */
  helo: string | null
}

/**
 * IPs as they are known, those that are not in the pool last; all of the pool that are not burned, where none are named.
 * @throws Conflict where an address is in the pool twice
 */
export async function listHelos(db: Reader, addresses: readonly string[] | undefined): Promise<KnownIp[]> {
  const ips = db
    .selectFrom('smtp_ip_addresses as i')
    .select(['i.ip_address as ip', 'i.status'])
    .select(sql<boolean>`true`.as('isPooled'))
    .select(
      sql<string | null>`(select min(d.mailu_domain) from domain_ip_assignments a join domains d on d.id = a.domain_id
        where a.smtp_ip_address_id = i.id and a.status in ('active', 'warming')
        having count(distinct d.mailu_domain) = 1)`.as('helo'),
    )
    .orderBy('i.id')
  if (addresses === undefined) return ips.where('i.status', '<>', 'burned').execute()
  const pooled = (await findIps(db, addresses)).known(addresses)
  const stored = [...pooled.values()].map(({ip}) => ip)
  const others = addresses.filter((ip) => !pooled.has(ip))
  return [
    ...(await ips.where(sql<boolean>`i.ip_address = any(${stored}::text[])`).execute()),
    ...others.map((ip) => ({ip, isPooled: false, status: null, helo: null})),
  ]
}
