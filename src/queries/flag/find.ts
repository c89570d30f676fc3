import type {Reader} from '../../db/transaction.ts'
import {NotFound} from '../../rules/errors.ts'
import {type FlagRow, selectFlags} from './list.ts'

/** @throws NotFound */
export async function getFlag(db: Reader, key: string): Promise<FlagRow> {
  const flag = await findFlag(db, key)
  if (!flag)
    throw new NotFound(`No flag ${key}.`, {
      hint: 'See which there are: pm flags list',
      details: {key},
      sought: {name: key, among: 'flag'},
    })
  return flag
}

export async function findFlag(db: Reader, key: string): Promise<FlagRow | undefined> {
  return selectFlags(db).where('f.key', '=', key).executeTakeFirst()
}

/** What a prompt offers of flags whose key holds what was typed so far. */
export async function searchFlags(db: Reader, typed: string) {
  const part = `%${typed.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const flags = await selectFlags(db).where('f.key', 'like', part).orderBy('f.key').limit(20).execute()
  return flags.map(({key, enabled, rollout}) => ({
    value: key,
    name: `${key}  ${enabled ? `on for ${rollout} %` : 'off'}`,
  }))
}
