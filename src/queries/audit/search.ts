import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {selectChanges} from './list.ts'

const recent = 200

/** What a prompt offers of the last two hundred changes: those whose command or id holds what was typed so far. */
export async function searchChanges(db: Reader, typed: string) {
  const part = `%${typed.replaceAll(/[\\%_]/g, '\\$&')}%`
  const newest = db.selectFrom('pm.changes').select('id').orderBy('id', 'desc').limit(recent)
  const changes = await selectChanges(db)
    .innerJoin(newest.as('e'), 'e.id', 'c.id')
    .where((eb) => eb.or([eb('c.command', 'like', part), eb(sql`c.id::text`, 'like', part)]))
    .orderBy('c.id', 'desc')
    .limit(20)
    .execute()
  return changes.map(({id, by, command}) => ({value: `${id}`, name: `${id}  ${command}  (${by})`}))
}
