import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {FlagChange} from '../queries/flag/history.ts'
import type {FlagRow} from '../queries/flag/list.ts'

export const flagView: View<FlagRow> = {
  noun: 'flag',
  plural: 'flags',
  name: 'key',
  fields: {
    key: {kind: 'text'},
    enabled: {kind: 'boolean', cell: (on) => (on ? {text: 'on', tone: 'good'} : {text: 'off', tone: 'dim'})},
    rollout: {kind: 'integer', cell: (percent) => `${percent} %`},
    description: {kind: 'text', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    updated_by: {kind: 'text', header: 'Updated by', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['key', 'enabled', 'rollout', 'description', 'updated', 'updated_by'],
}

export const flagChangeView: View<FlagChange> = {
  noun: 'change',
  plural: 'changes',
  name: 'change',
  fields: {
    change: {kind: 'integer'},
    made: {kind: 'timestamp'},
    by: {kind: 'text'},
    enabled_before: {kind: 'boolean', header: 'On before', nullable: true},
    enabled_after: {kind: 'boolean', header: 'On after', nullable: true},
    rollout_before: {kind: 'integer', header: '% before', nullable: true},
    rollout_after: {kind: 'integer', header: '% after', nullable: true},
    reason: {kind: 'text', nullable: true},
    command: {kind: 'text'},
  },
  table: ['change', 'made', 'by', 'enabled_before', 'enabled_after', 'rollout_before', 'rollout_after', 'reason'],
}

/** A flag with what was done to it. */
export interface FlagDetail extends FlagRow {
  history: FlagChange[]
}

export const flagDetailView: View<FlagDetail> = {
  ...flagView,
  fields: {...flagView.fields, history: {kind: 'json', rows: flagChangeView}},
}

/** What `pm flags show` shows a person. */
export function flagSections(flag: FlagDetail): Section[] {
  return [
    fieldsSection(flag, flagDetailView, ['key', 'enabled', 'rollout', 'description', 'updated', 'updated_by']),
    tableSection('Recent changes', flag.history, flagChangeView),
  ]
}

/** Whether one tenant gets a flag. */
export interface FlagTest {
  tenant: string | null
  gets: boolean
  bucket: number
  why: string
  tenant_id: string
}

export const flagTestView: View<FlagTest> = {
  noun: 'tenant',
  plural: 'tenants',
  name: 'tenant',
  fields: {
    tenant: {kind: 'text', nullable: true},
    gets: {
      kind: 'boolean',
      header: 'Gets it',
      cell: (gets) => (gets ? {text: 'yes', tone: 'good'} : {text: 'no', tone: 'dim'}),
    },
    bucket: {kind: 'integer'},
    why: {kind: 'text'},
    tenant_id: {kind: 'text', header: 'Tenant ID'},
  },
  table: ['tenant', 'gets', 'bucket', 'why'],
}

/** What a greater share of tenants means for those that were named. */
export const reachedTenantView: View<ReachedTenant> = {
  noun: 'tenant',
  plural: 'tenants',
  name: 'tenant',
  fields: {
    tenant: {kind: 'text', nullable: true},
    bucket: {kind: 'integer'},
    tenant_id: {kind: 'text', header: 'Tenant ID'},
  },
  table: ['tenant', 'bucket'],
}

interface ReachedTenant {
  tenant: string | null
  bucket: number
  tenant_id: string
}
