import {fieldsSection, type Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {ConfigRow} from '../queries/config/list.ts'

export const configView: View<ConfigRow> = {
  noun: 'configuration value',
  plural: 'configuration values',
  name: 'key',
  fields: {
    key: {kind: 'text'},
    value: {kind: 'json', nullable: true},
    sensitive: {kind: 'boolean'},
    category: {kind: 'text', nullable: true},
    description: {kind: 'text', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    updated_by: {kind: 'text', header: 'Updated by', nullable: true},
  },
  table: ['key', 'value', 'category', 'updated', 'updated_by'],
}

/** What `pm config get` shows a person. */
export function configSections(config: ConfigRow): Section[] {
  return [
    fieldsSection(config, configView, ['key', 'description', 'category', 'sensitive', 'updated', 'updated_by']),
    {title: 'Value', lines: [JSON.stringify(config.value, null, 2)]},
  ]
}
