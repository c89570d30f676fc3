import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {DictionaryEntry, TemplateDetail} from '../queries/template/detail.ts'
import type {TemplateRow} from '../queries/template/list.ts'
import {templateKinds} from '../rules/template-kind.ts'
import {namedCampaignView} from './campaign.ts'

const listed = (names: readonly string[]) => names.join(', ') || '-'

export const templateView: View<TemplateRow> = {
  noun: 'template',
  plural: 'templates',
  name: 'id',
  fields: {
    template: {kind: 'text'},
    kind: {kind: 'text', values: templateKinds},
    tenant: {kind: 'text', nullable: true},
    subject: {kind: 'text', nullable: true},
    folders: {kind: 'list', cell: listed},
    tags: {kind: 'list', cell: listed},
    updated: {kind: 'timestamp', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID'},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['template', 'kind', 'tenant', 'subject', 'folders', 'tags'],
  wide: ['updated', 'id'],
}

const dictionaryView: View<DictionaryEntry> = {
  noun: 'word',
  plural: 'words',
  name: 'key',
  fields: {key: {kind: 'text'}, value: {kind: 'json'}, created: {kind: 'timestamp', nullable: true}},
  table: ['key', 'value'],
}

export const templateDetailView: View<TemplateDetail> = {
  ...templateView,
  fields: {
    ...templateView.fields,
    created: {kind: 'timestamp', nullable: true},
    async: {kind: 'boolean', nullable: true, header: 'Async includes'},
    size: {kind: 'integer', cell: (size) => `${size.toLocaleString('en')} characters`},
    source: {kind: 'text', nullable: true},
    dictionary: {kind: 'json', rows: dictionaryView},
    campaigns: {kind: 'json', rows: namedCampaignView},
  },
}

/** What `pm template show` shows a person. */
export function templateSections(template: TemplateDetail): Section[] {
  const ofKind = template.kind === 'eta' ? (['async'] as const) : (['folders', 'tags'] as const)
  const about = ['created', 'updated', 'id'] as const
  return [
    fieldsSection(template, templateDetailView, ['template', 'kind', 'tenant', 'subject', ...ofKind, 'size', ...about]),
    tableSection("The tenant's dictionary", template.dictionary, dictionaryView),
    ...(template.kind === 'eta' ? [] : [tableSection('Campaigns that send it', template.campaigns, namedCampaignView)]),
    ...(template.source === null ? [] : [{title: 'Source', lines: [template.source]}]),
  ]
}
