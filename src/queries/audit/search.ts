import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {selectChanges} from './list.ts'

/** What a prompt offers of the last changes whose command or id holds what was typed so far. */
export async function searchChanges(db: Reader, typed: string) {
  const part = `%${typed.replaceAll(/[\\%_]/g, '\\$&')}%`
  const changes = await selectChanges(db)
    .where((eb) => eb.or([eb('c.command', 'like', part), eb(sql`c.id::text`, 'like', part)]))
    .orderBy('c.id', 'desc')
    .limit(20)
    .execute()
  return changes.map(({id, by, command}) => ({value: `${id}`, name: `${id}  ${command}  (${by})`}))
}
