import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {firstBeginning} from '../names.ts'
import {beginsWith, inPrefixOrder} from '../prefix.ts'

/** The ids of the templates of either table with this name, in any case of letters. */
export async function templatesNamed(db: Reader, name: string): Promise<string[]> {
  const lower = name.toLowerCase()
  const campaign = db.selectFrom('pm.template_names as n').where(sql`lower(n.name)`, '=', lower).select('n.id')
  const eta = db.selectFrom('email_templates as n').where(sql`lower(n.name)`, '=', lower).select('n.id')
  return (await campaign.unionAll(eta).execute()).map(({id}) => id)
}

/** The first templates of either table whose name begins so; what is called exactly so comes first. */
export async function firstTemplates(db: Reader, typed: string, most: number): Promise<{id: string; name: string}[]> {
  const campaign = firstBeginning(db, 'pm.template_names', typed, most)
  const eta = db
    .selectFrom('email_templates as n')
    .where(beginsWith('n.name', typed))
    .select(['n.id', 'n.name'])
    .orderBy(inPrefixOrder('n.name'))
    .limit(most)
  const both = db
    .selectFrom(campaign.as('a'))
    .selectAll()
    .unionAll(db.selectFrom(eta.as('b')).selectAll())
  return db.selectFrom(both.as('n')).selectAll().orderBy(inPrefixOrder('n.name')).limit(most).execute()
}
