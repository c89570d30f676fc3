import {randomUUID} from 'node:crypto'
import {sql} from 'kysely'
import {isAnyCaseOf} from '../../queries/any-of.ts'
import {getVps} from '../../queries/vps/find.ts'
import {Conflict} from '../../rules/errors.ts'
import {assertMaySend} from '../../rules/sending-address.ts'
import type {Change} from '../plan.ts'

export interface AddInput {
  ip: string
  /** The VPS's id, Hostwinds id or address. */
  vps: string
}

/** Takes a new IP into the pool: available, unrated, carrying nothing. */
export const addIp: Change<AddInput> = {
  permission: 'ip.write',
  grade: 'mild',
  plan: async (db, {ip, vps: named}) => {
    assertMaySend(ip)
    const vps = await getVps(db, named)
    const known = await db
      .selectFrom('smtp_ip_addresses')
      .where(isAnyCaseOf('ip_address', [ip]))
      .select('status')
      .executeTakeFirst()
    if (known)
      throw new Conflict(`${ip} is in the pool already, ${known.status}.`, {hint: `Look at it: pm ip show ${ip}`})
    const id = randomUUID()
    return {
      headline: `Add ${ip} on ${vps.name ?? vps.id}.`,
      subject: ip,
      targets: [`ip:${ip}`],
      rows: [
        {
          table: 'public.smtp_ip_addresses',
          label: `ip ${ip}`,
          key: {id},
          before: null,
          after: {id, vps_instance_id: vps.id, ip_address: ip, status: 'available', assigned_count: 0},
        },
      ],
      effects: [],
      warnings: vps.status === 'active' ? [] : [`${vps.name ?? vps.id} is ${vps.status}.`],
    }
  },
  verify: async (db, {rows}) => {
    const ip = String(rows[0]?.after?.ip_address)
    // Nothing in the table keeps addresses unique: two operators who add one at once meet at this lock.
    await db.selectNoFrom(sql`pg_advisory_xact_lock(hashtextextended(${ip}, 0))`.as('locked')).execute()
    const same = await db
      .selectFrom('smtp_ip_addresses')
      .where(isAnyCaseOf('ip_address', [ip]))
      .select('id')
      .execute()
    if (same.length > 1) throw new Conflict(`${ip} was added by somebody else meanwhile. Nothing was changed.`)
  },
}
