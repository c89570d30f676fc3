import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {isUuid} from '../tenant/matches.ts'
import {listTemplates, type TemplateFilter, type TemplateRow} from './list.ts'
import {firstTemplates, templatesNamed} from './names.ts'

/**
 * The template an operator named: by id, or by name in any case among those of the filter.
 * @throws NotFound; Conflict listing the ids where several templates fit.
 */
export async function getTemplate(db: Reader, named: string, filter: TemplateFilter): Promise<TemplateRow> {
  const ids = isUuid(named) ? [named] : await templatesNamed(db, named)
  const found = await listTemplates(db, {...filter, ids})
    .orderBy('m.name')
    .orderBy('m.id')
    .limit(10)
    .execute()
  const [template, another] = found
  if (!template) {
    throw new NotFound(`No template ${named}.`, {
      hint: 'See which there are: pm template list --tenant TENANT',
      sought: {name: named, among: 'template'},
    })
  }
  if (!another) return template
  throw new Conflict(`Several templates fit ${named}.`, {
    hint: `Name the tenant (--tenant), or give the id: ${found.map(({id, tenant}) => `${id} (${tenant ?? '-'})`).join(', ')}`,
    details: found,
  })
}

/** What a prompt offers of templates whose name begins with what was typed so far. */
export async function searchTemplates(db: Reader, typed: string) {
  const first = await firstTemplates(db, typed, 20)
  const found = await listTemplates(db, {ids: first.map(({id}) => id)}).execute()
  const byId = new Map(found.map((template) => [template.id, template]))
  const inOrder = first.flatMap(({id}) => byId.get(id) ?? [])
  return inOrder.map(({id, template, kind, tenant}) => ({value: id, name: `${template}  ${kind}, ${tenant ?? '-'}`}))
}
