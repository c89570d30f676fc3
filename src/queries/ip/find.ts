import type {Reader} from '../../db/transaction.ts'
import {UnknownNames} from '../../rules/about-names.ts'
import {Conflict} from '../../rules/errors.ts'
import {isAnyCaseOf} from '../any-of.ts'
import type {Found} from '../each-named.ts'
import {type IpRow, selectIps} from './columns.ts'

/** An IP as a write needs it: with its count as it is stored, which may be null. */
export interface PooledIp extends IpRow {
  stored_count: number | null
}

/**
 * The IPs with these addresses, as parseIpAddress spells them, in the order given.
 * @throws NotFound naming every unknown one; Conflict where an address stands in the table twice.
 */
export async function getIps(db: Reader, addresses: readonly string[]): Promise<PooledIp[]> {
  const {meantBy} = await findIps(db, addresses)
  return meantBy(addresses)
}

/** The IPs with these addresses, to be asked for some of them. */
export interface FoundIps extends Found<PooledIp> {
  /**
   * Those of these addresses that are in the pool, in the order given.
   * @throws Conflict where an address stands in the table twice.
   */
  known(addresses: readonly string[]): ReadonlyMap<string, PooledIp>
}

/** The IPs that have one of these addresses. */
export async function findIps(db: Reader, addresses: readonly string[]): Promise<FoundIps> {
  const rows = await selectIps(db)
    .select('i.assigned_count as stored_count')
    .where(isAnyCaseOf('i.ip_address', addresses))
    .execute()
  const byAddress = Map.groupBy(rows, ({ip}) => ip.toLowerCase())
  const known = (some: readonly string[]) =>
    new Map(
      some
        .filter((address) => byAddress.has(address))
        .map((address) => [address, onlyOne(address, byAddress.get(address) ?? [])]),
    )
  return {rows, known, meantBy: (some) => all(some, known(some))}
}

function all(addresses: readonly string[], known: ReadonlyMap<string, PooledIp>): PooledIp[] {
  const missing = addresses.filter((address) => !known.has(address))
  if (missing.length > 0) throw unknown(missing)
  return [...known.values()]
}

/** @throws NotFound, Conflict */
export async function getIp(db: Reader, address: string): Promise<PooledIp> {
  const [ip] = await getIps(db, [address])
  if (!ip) throw unknown([address])
  return ip
}

function unknown(missing: readonly string[]): UnknownNames {
  return new UnknownNames(missing.length === 1 ? 'sending IP' : 'sending IPs', missing, {
    hint: 'See which there are: pm ip list',
  })
}

function onlyOne(address: string, rows: readonly PooledIp[]): PooledIp {
  const [row, another] = rows
  if (row && !another) return row
  throw new Conflict(`${address} stands in smtp_ip_addresses ${rows.length} times.`, {
    hint: 'One of them must go before it can be changed safely.',
    details: {ids: rows.map(({id}) => id)},
  })
}
