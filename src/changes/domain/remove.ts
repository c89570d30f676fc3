import type {Reader} from '../../db/transaction.ts'
import {getDomain, type StoredDomain} from '../../queries/domain/find.ts'
import {listDomainAssignments} from '../../queries/domain/live-assignments.ts'
import {type DomainParts, partsOf} from '../../queries/domain/parts.ts'
import {Conflict} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import {departedIps} from '../ip/rows.ts'
import {verifyCounts} from '../ip/true-counts.ts'
import type {Change, Plan, RowChange} from '../plan.ts'
import {counted} from '../wording.ts'
import {domainRow, domainTargets} from './rows.ts'

export interface RemoveInput {
  domain: string
  /** Take it off the IPs it sends by. */
  unassign: boolean
  /** Its e-mail accounts go with it. */
  withAccounts: boolean
}

/** Takes a domain away, with its past. What it still carries goes only where that was said. */
export const removeDomain: Change<RemoveInput> = {
  permission: 'domain.write',
  grade: 'severe',
  plan: planRemove,
  verify: verifyCounts,
}

async function planRemove(db: Reader, input: RemoveInput): Promise<Plan> {
  const domain = await getDomain(db, input.domain)
  const live = await listDomainAssignments(db, domain.id)
  const parts = await partsOf(db, domain.id)
  const ips = live.map(({ip}) => ip)
  if (ips.length > 0 && !input.unassign) {
    throw new Conflict(`${domain.domain} still sends by ${firstFew(ips)}.`, {
      hint: 'Take it off in the same change with --unassign.',
    })
  }
  assertAccountsMayGo(domain, parts, input)
  return {
    headline: `Remove ${domain.domain} of ${domain.tenant ?? 'no tenant'}${whatElse(parts)}.`,
    subject: domain.domain,
    targets: [
      ...domainTargets(domain),
      ...parts.accounts.map(({email}) => `account:${email}`),
      ...[...new Set(ips)].map((ip) => `ip:${ip}`),
    ],
    rows: [
      ...(await departedIps(db, live)),
      ...parts.assignments.map((assignment) => assignmentRow(domain, assignment)),
      ...parts.accounts.map(accountRow),
      domainRow(domain, storedColumns(domain), null),
    ],
    effects: [],
    warnings: warnings(domain, ips),
  }
}

function assertAccountsMayGo({domain}: StoredDomain, {accounts, campaigns}: DomainParts, input: RemoveInput): void {
  if (accounts.length === 0) return
  if (!input.withAccounts) {
    throw new Conflict(`${domain} still has ${counted(accounts.length, 'e-mail account')}.`, {
      hint: 'Let them go with it by --with-accounts. Their settings are secret and cannot be brought back.',
      details: {accounts: accounts.map(({email}) => email)},
    })
  }
  if (campaigns.length === 0) return
  throw new Conflict(`Campaigns have steps that send by its accounts: ${firstFew(campaigns)}.`, {
    hint: 'Those steps must send by other accounts first.',
    details: {campaigns},
  })
}

function whatElse({accounts, assignments}: DomainParts): string {
  const more = [
    ...(accounts.length > 0 ? [counted(accounts.length, 'e-mail account')] : []),
    ...(assignments.length > 0 ? [counted(assignments.length, 'assignment')] : []),
  ]
  return more.length === 0 ? '' : `, with ${more.join(' and ')}`
}

function warnings({primary, tenant}: StoredDomain, ips: readonly string[]): string[] {
  return [
    ...(ips.length > 0 ? [`It stops sending by ${firstFew(ips)}.`] : []),
    ...(primary ? [`It is the primary domain: ${tenant ?? 'its tenant'} has none then.`] : []),
  ]
}

function storedColumns({domain, tenant_id, company_id, status, is_primary, dns_records}: StoredDomain) {
  return {domain, tenant_id, company_id, verification_status: status, is_primary, dns_records}
}

function assignmentRow({domain}: StoredDomain, {id, ip, ...before}: DomainParts['assignments'][number]): RowChange {
  const label = `assignment of ${domain} to ${ip ?? 'no IP'}`
  return {table: 'public.domain_ip_assignments', label, key: {id}, before, after: null}
}

function accountRow({id, ...before}: DomainParts['accounts'][number]): RowChange {
  return {table: 'public.email_accounts', label: `account ${before.email}`, key: {id}, before, after: null}
}
