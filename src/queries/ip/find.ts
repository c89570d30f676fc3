import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import type {IpRow} from './columns.ts'
import {selectIps} from './columns.ts'

/**
 * The IPs with these addresses, in the order given.
 * @throws NotFound naming every unknown one; Conflict where an address stands in the table twice.
 */
export async function getIps(db: Reader, addresses: readonly string[]): Promise<IpRow[]> {
  const rows = await selectIps(db).where('i.ip_address', 'in', addresses).execute()
  const missing = addresses.filter((address) => !rows.some(({ip}) => ip === address))
  if (missing.length > 0) throw unknown(missing)
  return addresses.map((address) =>
    onlyOne(
      address,
      rows.filter(({ip}) => ip === address),
    ),
  )
}

/** @throws NotFound, Conflict */
export async function getIp(db: Reader, address: string): Promise<IpRow> {
  const [ip] = await getIps(db, [address])
  if (!ip) throw unknown([address])
  return ip
}

function unknown(missing: readonly string[]): NotFound {
  const subject = missing.length === 1 ? `No sending IP ${missing[0]}` : `No sending IPs ${missing.join(', ')}`
  return new NotFound(`${subject}.`, {hint: 'See which there are: pm ip list', details: {missing}})
}

function onlyOne(address: string, rows: readonly IpRow[]): IpRow {
  const [row, another] = rows
  if (row && !another) return row
  throw new Conflict(`${address} stands in smtp_ip_addresses ${rows.length} times.`, {
    hint: 'One of them must go before it can be changed safely.',
    details: {ids: rows.map(({id}) => id)},
  })
}
