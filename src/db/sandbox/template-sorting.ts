import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {type TemplateKind, templateAge, templateId, templateKinds, templates} from './templates.ts'
import {type TenantKey, tenantId} from './tenants.ts'

const folders = ['Onboarding', 'Outreach', 'Newsletters', 'Promotions', 'Transactional', 'Archive'] as const

interface Tag {
  value: string
  name: string
  description: string | null
  /** Null for a tag every tenant has. */
  tenant: TenantKey | null
  kind: TemplateKind
}

const tags: readonly Tag[] = [
  {value: 'cold', name: 'Cold outreach', description: 'First contact', tenant: null, kind: 'follow-up'},
  {value: 'newsletter', name: 'Newsletter', description: 'Regular mailings', tenant: null, kind: 'newsletter'},
  {value: 'onboarding', name: 'Onboarding', description: null, tenant: null, kind: 'welcome'},
  {value: 'vip', name: 'VIP customers', description: 'Loyalty programme', tenant: 'acme', kind: 'offer'},
  {value: 'hipaa', name: 'Patient data', description: 'Needs review before use', tenant: 'lumen', kind: 'reminder'},
  {value: 'セール', name: 'セール', description: null, tenant: 'pengin', kind: 'offer'},
  {value: 'mega', name: 'MEGA', description: null, tenant: 'dailydeal', kind: 'offer'},
]

/** Rows of `folders`. */
export function folderRows(clock: Clock): RowOf<'folders'>[] {
  return folders.map((name, i) => ({id: i + 1, name, updated: null, created: clock.daysAgo(1000.5 - i)}))
}

/** Rows of `template_folders`: every third template lies in no folder. */
export function templateFolderRows(clock: Clock): RowOf<'template_folders'>[] {
  return templates
    .filter((_, i) => i % 3 !== 2)
    .map(({tenant, kind}, i) => ({
      id: i + 1,
      template_id: templateId(tenant, kind),
      folder_id: folders.indexOf(templateKinds[kind].folder) + 1,
      updated: null,
      created: clock.daysAgo(templateAge(tenant)),
    }))
}

/** Rows of `tags`. */
export function tagRows(clock: Clock): RowOf<'tags'>[] {
  return tags.map(({value, name, description, tenant}, i) => ({
    id: i + 1,
    value,
    description,
    name,
    tenant_id: tenant === null ? null : tenantId(tenant),
    created: clock.daysAgo(tenant === null ? 1000.5 : templateAge(tenant)),
    updated: null,
    is_default: tenant === null,
  }))
}

/** Rows of `template_tags`: each tag on the templates of its kind, of its tenant or of all. */
export function templateTagRows(clock: Clock): RowOf<'template_tags'>[] {
  const tagged = tags.flatMap((tag, t) =>
    templates
      .filter(({tenant, kind}) => kind === tag.kind && (tag.tenant === null || tag.tenant === tenant))
      .map((template) => ({...template, tag: t + 1})),
  )
  return tagged.map(({tenant, kind, tag}, i) => ({
    id: i + 1,
    template_id: templateId(tenant, kind),
    tag_id: tag,
    tenant_id: tenantId(tenant),
    updated: null,
    created: clock.daysAgo(templateAge(tenant)),
  }))
}
