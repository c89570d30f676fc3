import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {CampaignRow} from '../queries/campaign/columns.ts'
import type {CampaignDetail} from '../queries/campaign/detail.ts'
import {campaignStatuses} from '../rules/campaign-lifecycle.ts'
import {campaignStepView, idleAccounts, shownStepView, toShownStep} from './campaign-step.ts'
import {recentChangeView} from './recent-change.ts'
import {campaignTones, toned} from './toned.ts'

export const campaignView: View<CampaignRow> = {
  noun: 'campaign',
  plural: 'campaigns',
  name: 'id',
  fields: {
    campaign: {kind: 'text'},
    tenant: {kind: 'text', nullable: true},
    company: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true, values: campaignStatuses, cell: toned(campaignTones)},
    steps: {kind: 'integer'},
    scheduled: {kind: 'timestamp', nullable: true},
    completed: {kind: 'timestamp', nullable: true},
    created: {kind: 'timestamp', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID'},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['campaign', 'tenant', 'status', 'steps', 'scheduled', 'created'],
  wide: ['company', 'completed', 'id'],
}

/** A campaign as something else refers to it. */
export const namedCampaignView: View<{campaign: string; status: string | null; id: string}> = {
  noun: 'campaign',
  plural: 'campaigns',
  name: 'id',
  fields: {
    campaign: {kind: 'text'},
    status: {kind: 'text', nullable: true, cell: toned(campaignTones)},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['campaign', 'status'],
}

export const campaignDetailView: View<CampaignDetail> = {
  ...campaignView,
  fields: {
    ...campaignView.fields,
    description: {kind: 'text', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    sequence: {kind: 'json', rows: campaignStepView},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm campaign show` shows a person. */
export function campaignSections(campaign: CampaignDetail): Section[] {
  const idle = idleAccounts(campaign.sequence)
  return [
    fieldsSection(campaign, campaignDetailView, [
      'campaign',
      'status',
      'tenant',
      'company',
      'description',
      'scheduled',
      'completed',
      'created',
      'updated',
      'id',
    ]),
    tableSection('Steps', campaign.sequence.map(toShownStep), shownStepView),
    ...(idle.length === 0 ? [] : [{lines: idle.map((text) => ({text: `! ${text}`, tone: 'warn' as const}))}]),
    tableSection('Recent changes', campaign.changes, recentChangeView),
  ]
}
