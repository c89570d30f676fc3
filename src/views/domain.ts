import type {View} from '../output/view.ts'
import type {DomainRow} from '../queries/domain/columns.ts'
import {domainTones, toned} from './toned.ts'

export const domainView: View<DomainRow> = {
  noun: 'domain',
  plural: 'domains',
  name: 'domain',
  fields: {
    domain: {kind: 'text'},
    tenant: {kind: 'text', nullable: true},
    company: {kind: 'text', nullable: true},
    status: {kind: 'text', nullable: true, cell: toned(domainTones)},
    primary: {kind: 'boolean'},
    records: {kind: 'integer'},
    last_verified: {kind: 'timestamp', nullable: true},
    attempts: {kind: 'integer'},
    error: {kind: 'text', nullable: true},
    created: {kind: 'timestamp', nullable: true},
    tenant_id: {kind: 'text', header: 'Tenant ID'},
    company_id: {kind: 'text', header: 'Company ID', nullable: true},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['domain', 'tenant', 'status', 'primary', 'last_verified', 'error'],
  wide: ['company', 'records', 'attempts', 'created', 'id'],
}
