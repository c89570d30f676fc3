import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import type {DomainDetail} from '../queries/domain/detail.ts'
import {recordView} from './dns-record.ts'
import {domainView} from './domain.ts'
import {domainIpView} from './domain-ip.ts'
import type {Here} from './here.ts'
import {recentChangeView} from './recent-change.ts'
import {accountTones, toned} from './toned.ts'

const problemView: View<DomainDetail['problems'][number]> = {
  noun: 'problem',
  plural: 'problems',
  name: 'at',
  fields: {at: {kind: 'text'}, message: {kind: 'text'}},
  table: ['at', 'message'],
}

const sendingIpView: View<DomainDetail['ips'][number]> = {
  noun: 'IP',
  plural: 'IPs',
  name: 'ip',
  fields: {
    ip: domainIpView.fields.ip,
    status: domainIpView.fields.status,
    warmup: domainIpView.fields.warmup,
    assigned: domainIpView.fields.assigned,
    last_sent: domainIpView.fields.last_sent,
  },
  table: ['ip', 'status', 'warmup', 'assigned', 'last_sent'],
}

const accountOfDomainView: View<DomainDetail['accounts'][number]> = {
  noun: 'account',
  plural: 'accounts',
  name: 'account',
  fields: {account: {kind: 'text'}, status: {kind: 'text', nullable: true, cell: toned(accountTones)}},
  table: ['account', 'status'],
}

export const domainDetailView: View<DomainDetail> = {
  ...domainView,
  fields: {
    ...domainView.fields,
    verified: {kind: 'timestamp', header: 'First verified', nullable: true},
    mailu_domain: {kind: 'text', header: 'Mailu host', nullable: true},
    ttl_observed: {kind: 'integer', header: 'TTL seen', nullable: true},
    updated: {kind: 'timestamp', nullable: true},
    dns_records: {kind: 'json', header: 'DNS document', nullable: true},
    expected: {kind: 'json', rows: recordView},
    problems: {kind: 'json', rows: problemView},
    ips: {kind: 'json', header: 'IPs', rows: sendingIpView},
    accounts: {kind: 'json', rows: accountOfDomainView},
    account_count: {kind: 'integer'},
    changes: {kind: 'json', rows: recentChangeView},
  },
}

/** What `pm domain show` shows a person, most urgent first. */
export function domainSections(domain: DomainDetail, here: Here): Section[] {
  const {expected, problems, ips, accounts, account_count: count, changes} = domain
  const more = count - accounts.length
  return [
    fieldsSection(domain, domainDetailView, [
      'domain',
      'status',
      ...(domain.error === null ? [] : (['error'] as const)),
      'last_verified',
      'attempts',
      'tenant',
      'company',
      'primary',
      'mailu_domain',
      'ttl_observed',
      'created',
      'id',
    ]),
    tableSection('Records it shall have in DNS', expected, recordView),
    ...(problems.length > 0 ? [tableSection('Wrong in the stored document', problems, problemView)] : []),
    tableSection('IPs it sends by', ips, sendingIpView),
    tableSection('E-mail accounts', accounts, accountOfDomainView),
    ...(more > 0
      ? [{lines: [here(`And ${more.toLocaleString('en')} more: pm account list --domain ${domain.domain}`)]}]
      : []),
    tableSection('Recent changes', changes, recentChangeView),
  ]
}
