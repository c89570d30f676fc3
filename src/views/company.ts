import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {CompanyRow} from '../queries/company/columns.ts'
import type {CompanyDetail} from '../queries/company/detail.ts'
import {namedCampaignView} from './campaign.ts'
import {recentChangeView} from './recent-change.ts'
import {companyTones, domainTones, toned} from './toned.ts'

export const companyView: View<CompanyRow> = {
  noun: 'company',
  plural: 'companies',
  name: 'id',
  fields: {
    company: {kind: 'text'},
    tenant: {kind: 'text', nullable: true},
    workspace: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true, cell: toned(companyTones)},
    industry: {kind: 'text', nullable: true},
    size: {kind: 'text', nullable: true},
    created: {kind: 'timestamp', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['company', 'tenant', 'workspace', 'status', 'created'],
}

const companyDomainView: View<CompanyDetail['domains'][number]> = {
  noun: 'domain',
  plural: 'domains',
  name: 'domain',
  fields: {
    domain: {kind: 'text'},
    status: {kind: 'text', nullable: true, cell: toned(domainTones)},
    primary: {kind: 'boolean'},
  },
  table: ['domain', 'status', 'primary'],
}

export const companyDetailView: View<CompanyDetail> = {
  ...companyView,
  fields: {
    ...companyView.fields,
    logo_url: {kind: 'text', header: 'Logo', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    domains: {kind: 'json', rows: companyDomainView},
    campaigns: {kind: 'json', rows: namedCampaignView},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm company show` shows a person. */
export function companySections(company: CompanyDetail): Section[] {
  return [
    fieldsSection(company, companyDetailView, [
      'company',
      'status',
      'tenant',
      'workspace',
      'industry',
      'size',
      'logo_url',
      'created',
      'updated',
      'id',
    ]),
    tableSection('Domains', company.domains, companyDomainView),
    tableSection('Campaigns', company.campaigns, namedCampaignView),
    tableSection('Recent changes', company.changes, recentChangeView),
  ]
}
