import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {isNamed} from '../names.ts'

/**
 * The domain with this name, whose it is, in any case of letters.
 * @throws NotFound; Conflict when several tenants hold the name.
 */
export async function getDomain(db: Reader, name: string) {
  const rows = await db
    .selectFrom('domains as d')
    .leftJoin('tenants as t', 't.id', 'd.tenant_id')
    .where(isNamed(db, 'd.id', 'pm.domain_names', [name]))
    .select(['d.id', 'd.domain', 'd.tenant_id', 't.name as tenant'])
    .execute()
  const [domain, another] = rows
  if (!domain)
    throw new NotFound(`No domain ${name}.`, {hint: 'Look for it: pm ip show IP lists the domains of an IP.'})
  if (!another) return domain
  throw new Conflict(`${rows.length} tenants hold the domain ${name}.`, {details: rows})
}
