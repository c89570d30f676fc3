import {type SqlBool, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {TemplateKind} from '../../rules/template-kind.ts'
import {isAnyOf} from '../any-of.ts'
import {type Ordering, plainly} from '../paging.ts'

/** A template of either table as operators see it. Folders and tags are of campaign templates alone. */
export interface TemplateRow {
  template: string
  kind: TemplateKind
  tenant: string | null
  subject: string | null
  folders: string[]
  tags: string[]
  updated: string | null
  tenant_id: string
  id: string
}

export interface TemplateFilter {
  ids?: readonly string[] | undefined
  tenantId?: string | undefined
  kind?: TemplateKind | undefined
  /** A folder by name, in any case. */
  folder?: string | undefined
  /** A tag by value or name, in any case. */
  tag?: string | undefined
}

export const templateOrdering: Ordering = {
  by: {template: plainly},
  default: 'template',
  key: 'id',
  neverNull: ['template'],
}

export function listTemplates(db: Reader, filter: TemplateFilter) {
  return selectTemplates(db, templatesOf(db, filter))
}

/**
 * The one choice of a template's columns, over rows of either table. What more they show is joined behind the union, so
 * that an index on the name of each table still gives them in order.
 */
function selectTemplates(db: Reader, of: ReturnType<typeof templatesOf>) {
  return db
    .selectFrom(of.as('m'))
    .leftJoin('tenants as t', 't.id', 'm.tenant_id')
    .select([
      'm.name as template',
      'm.kind',
      't.name as tenant',
      'm.subject',
      foldersOf.as('folders'),
      tagsOf.as('tags'),
      'm.updated',
      'm.tenant_id',
      'm.id',
    ])
}

function templatesOf(db: Reader, {ids, tenantId, kind, folder, tag}: TemplateFilter) {
  const sorted = folder !== undefined || tag !== undefined
  let campaign = campaignTemplates(db)
  let eta = etaTemplates(db)
  if (ids !== undefined) {
    campaign = campaign.where(isAnyOf('a.id', ids, 'uuid'))
    eta = eta.where(isAnyOf('b.id', ids, 'uuid'))
  }
  if (tenantId !== undefined) {
    campaign = campaign.where('a.tenant_id', '=', tenantId)
    eta = eta.where('b.tenant_id', '=', tenantId)
  }
  if (folder !== undefined) campaign = campaign.where(isInFolder(folder))
  if (tag !== undefined) campaign = campaign.where(hasTag(tag))
  if (kind === 'eta') campaign = campaign.where(sql<SqlBool>`false`)
  if (kind === 'campaign' || sorted) eta = eta.where(sql<SqlBool>`false`)
  return campaign.unionAll(eta)
}

function campaignTemplates(db: Reader) {
  return db
    .selectFrom('templates as a')
    .select([
      sql<string>`a.name::text`.as('name'),
      sql<TemplateKind>`'campaign'`.as('kind'),
      'a.tenant_id',
      sql<string | null>`a.subject::text`.as('subject'),
      sql<string | null>`coalesce(a.updated, a.created)`.as('updated'),
      'a.id',
    ])
}

function etaTemplates(db: Reader) {
  return db
    .selectFrom('email_templates as b')
    .select([
      'b.name',
      sql<TemplateKind>`'eta'`.as('kind'),
      'b.tenant_id',
      sql<string | null>`b.subject`.as('subject'),
      sql<string | null>`coalesce(b.updated, b.created)`.as('updated'),
      'b.id',
    ])
}

const foldersOf = sql<string[]>`array(select f.name from template_folders i join folders f on f.id = i.folder_id
  where i.template_id = m.id order by f.name)`

const tagsOf = sql<string[]>`array(select g.value from template_tags i join tags g on g.id = i.tag_id
  where i.template_id = m.id order by g.value)`

function isInFolder(name: string) {
  return sql<SqlBool>`a.id in (select i.template_id from template_folders i join folders f on f.id = i.folder_id
    where lower(f.name) = lower(${name}))`
}

function hasTag(name: string) {
  return sql<SqlBool>`a.id in (select i.template_id from template_tags i join tags g on g.id = i.tag_id
    where lower(g.value) = lower(${name}) or lower(g.name) = lower(${name}))`
}
