import type {Generated} from 'kysely'
import type {Json} from './json.ts'

/** A mail template a tenant's campaign steps use (guide: templates). */
export interface TemplatesTable {
  id: Generated<string>
  tenant_id: string
  name: string
  subject: string | null
  content: string | null
  is_started: Generated<boolean | null>
  updated: string | null
  created: Generated<string | null>
}

/** A folder for templates; it belongs to no tenant, and the database alone gives out `id` (guide: folders). */
export interface FoldersTable {
  id: Generated<number>
  name: string
  updated: string | null
  created: Generated<string | null>
}

/** A template's place in a folder, once per pair; the database alone gives out `id` (guide: template_folders). */
export interface TemplateFoldersTable {
  id: Generated<number>
  template_id: string | null
  folder_id: number | null
  updated: string | null
  created: Generated<string | null>
}

/** A label for templates, of one tenant or of none; the database alone gives out `id` (guide: tags). */
export interface TagsTable {
  id: Generated<number>
  value: string
  description: string | null
  name: string | null
  tenant_id: string | null
  created: Generated<string | null>
  updated: string | null
  is_default: Generated<boolean | null>
}

/** A tag on a template, once per pair; the database alone gives out `id` (guide: template_tags). */
export interface TemplateTagsTable {
  id: Generated<number>
  template_id: string | null
  tag_id: number | null
  tenant_id: string
  updated: string | null
  created: Generated<string | null>
}

/** A raw Eta template, its name unique within the tenant; not the table campaign steps use (guide: email_templates). */
export interface EmailTemplatesTable {
  id: Generated<string>
  tenant_id: string
  name: string
  subject: string
  body: string
  async: Generated<boolean | null>
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A value Eta templates look up; a tenant may have a key more than once (guide: template_dictionaries). */
export interface TemplateDictionariesTable {
  id: Generated<string>
  tenant_id: string
  key: string
  value: Json
  created: Generated<string | null>
}
