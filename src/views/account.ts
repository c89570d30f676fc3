import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {AccountRow} from '../queries/account/columns.ts'
import type {AccountDetail} from '../queries/account/detail.ts'
import {namedCampaignView} from './campaign.ts'
import {recentChangeView} from './recent-change.ts'
import {accountTones, domainTones, toned} from './toned.ts'

export const accountView: View<AccountRow> = {
  noun: 'account',
  plural: 'accounts',
  name: 'account',
  fields: {
    account: {kind: 'text'},
    tenant: {kind: 'text', nullable: true},
    domain: {kind: 'text', nullable: true},
    provider: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true, cell: toned(accountTones)},
    daily_count: {kind: 'integer', header: 'Sent today'},
    last_warmed: {kind: 'timestamp', nullable: true},
    created: {kind: 'timestamp', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID'},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['account', 'tenant', 'status', 'daily_count', 'last_warmed'],
  wide: ['domain', 'provider', 'created', 'id'],
}

export const accountDetailView: View<AccountDetail> = {
  ...accountView,
  fields: {
    ...accountView.fields,
    domain_status: {kind: 'text', nullable: true, cell: toned(domainTones)},
    vault_key_path: {kind: 'text', header: 'Vault path', nullable: true},
    imap_settings: {kind: 'text', header: 'IMAP settings', nullable: true},
    smtp_settings: {kind: 'text', header: 'SMTP settings', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    campaigns: {kind: 'json', rows: namedCampaignView},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm account show` shows a person. */
export function accountSections(account: AccountDetail): Section[] {
  return [
    fieldsSection(account, accountDetailView, [
      'account',
      'status',
      'tenant',
      'domain',
      'domain_status',
      'provider',
      'daily_count',
      'last_warmed',
      'created',
      'updated',
      'id',
    ]),
    {
      title: 'Secrets',
      ...fieldsSection(account, accountDetailView, ['vault_key_path', 'imap_settings', 'smtp_settings']),
    },
    tableSection('Campaigns that send by it', account.campaigns, namedCampaignView),
    tableSection('Recent changes', account.changes, recentChangeView),
  ]
}
