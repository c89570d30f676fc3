import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'
import {isUuid} from '../tenant/matches.ts'

/**
 * The VPS with this id, Hostwinds id or address.
 * @throws NotFound
 */
export async function getVps(db: Reader, named: string) {
  const vps = await db
    .selectFrom('vps_instances')
    .where((eb) =>
      isUuid(named)
        ? eb('id', '=', named)
        : eb.or([eb('hostwinds_instance_id', '=', named), eb('ip_address', '=', named)]),
    )
    .select([
      'id',
      'hostwinds_instance_id as name',
      'region',
      'status',
      'decommission_scheduled_for as decommission_on',
    ])
    .executeTakeFirst()
  if (!vps)
    throw new NotFound(`No VPS ${named}.`, {
      hint: 'Give its id, its Hostwinds id or its address.',
      sought: {name: named, among: 'VPS'},
    })
  return vps
}
