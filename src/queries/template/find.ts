import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {beginsWith} from '../prefix.ts'
import {isUuid} from '../tenant/matches.ts'
import {listTemplates, type TemplateFilter, type TemplateRow} from './list.ts'

/**
 * The template an operator named: by id, or by name in any case among those of the filter.
 * @throws NotFound; Conflict listing the ids where several templates fit.
 */
export async function getTemplate(db: Reader, named: string, filter: TemplateFilter): Promise<TemplateRow> {
  const found = await db
    .selectFrom(listTemplates(db, filter).as('m'))
    .selectAll()
    .where(isUuid(named) ? sql<boolean>`m.id = ${named}` : sql<boolean>`lower(m.template) = ${named.toLowerCase()}`)
    .orderBy('m.template')
    .orderBy('m.id')
    .limit(10)
    .execute()
  const [template, another] = found
  if (!template) {
    throw new NotFound(`No template ${named}.`, {hint: 'See which there are: pm template list --tenant TENANT'})
  }
  if (!another) return template
  throw new Conflict(`Several templates fit ${named}.`, {
    hint: `Name the tenant (--tenant), or give the id: ${found.map(({id, tenant}) => `${id} (${tenant ?? '-'})`).join(', ')}`,
    details: found,
  })
}

/** What a prompt offers of templates whose name begins with what was typed so far. */
export async function searchTemplates(db: Reader, typed: string) {
  const templates = await db
    .selectFrom(listTemplates(db, {}).as('m'))
    .selectAll()
    .where(beginsWith('m.template', typed))
    .orderBy('m.template')
    .orderBy('m.id')
    .limit(20)
    .execute()
  return templates.map(({id, template, kind, tenant}) => ({value: id, name: `${template}  ${kind}, ${tenant ?? '-'}`}))
}
