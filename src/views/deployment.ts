import type {View} from '../output/view.ts'
import type {Deployment} from '../queries/domain/deployments.ts'
import {domainTones, toned} from './toned.ts'

export const deploymentView: View<Deployment> = {
  noun: 'deployment',
  plural: 'deployments',
  name: 'domain',
  fields: {
    domain: {kind: 'text'},
    selector: {kind: 'text', nullable: true},
    tenant: {kind: 'text', nullable: true},
    managed_by: {kind: 'text', nullable: true},
    secret_ref: {kind: 'text', header: 'Private key at', nullable: true},
    status: {kind: 'text', header: 'DNS', nullable: true, cell: toned(domainTones)},
    domain_id: {kind: 'text', header: 'Domain ID'},
    id: {kind: 'text', header: 'ID'},
  },
  table: ['domain', 'selector', 'tenant', 'status', 'secret_ref'],
  wide: ['managed_by'],
}
