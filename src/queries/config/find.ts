import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'
import {type ConfigRow, selectConfig} from './list.ts'

/** Its value is in clear only where it is to be, within a reveal. @throws NotFound */
export async function getConfig(db: Reader, key: string, {clear}: {clear: boolean}): Promise<ConfigRow> {
  const config = await selectConfig(db, clear ? [key] : [])
    .where('s.key', '=', key)
    .executeTakeFirst()
  if (!config) throw unknown(key)
  return config
}

/** The row as it stands, sensitive value included: for changes, which mask what they show. */
export async function getClearConfig(db: Reader, key: string) {
  const config = await findClearConfig(db, key)
  if (!config) throw unknown(key)
  return config
}

export async function findClearConfig(db: Reader, key: string) {
  return db
    .selectFrom('system_config')
    .where('key', '=', key)
    .select((eb) => [
      'key',
      'value',
      'description',
      'category',
      eb.fn.coalesce('is_sensitive', sql.lit(false)).as('is_sensitive'),
    ])
    .executeTakeFirst()
}

/** What a prompt offers of keys that hold what was typed so far. */
export async function searchConfig(db: Reader, typed: string) {
  const part = `%${typed.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const found = await selectConfig(db)
    .where(sql<string>`lower(s.key)`, 'like', part)
    .orderBy('s.key')
    .limit(20)
    .execute()
  return found.map(({key, description}) => ({value: key, name: `${key}  ${description ?? ''}`}))
}

function unknown(key: string): NotFound {
  return new NotFound(`No configuration ${key}.`, {
    hint: 'See which there is: pm config list',
    details: {key},
    sought: {name: key, among: 'key'},
  })
}
