import {liveAssignments, pastAssignments} from './assignment-list.ts'
import type {Clock} from './clock.ts'
import {domainId} from './domain-list.ts'
import {ipId} from './ip-list.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'

type AssignmentRow = RowOf<'domain_ip_assignments'>

/** How warm a domain is on its IP, by the state of the assignment. */
const warmth = {active: 'warmed', warming: 'warming', scheduled: 'unwarmed'} as const

/** Rows of `domain_ip_assignments`: the live ones, then history. */
export function assignmentRows(clock: Clock): AssignmentRow[] {
  return [...liveRows(clock), ...pastRows(clock)]
}

function liveRows(clock: Clock): AssignmentRow[] {
  return liveAssignments.map((assignment, i) => {
    const {domain, ip, since} = assignment
    const status: keyof typeof warmth = assignment.status ?? 'active'
    return {
      id: sandboxId(`assignment:${domain}:${ip}`),
      domain_id: domainId(domain),
      smtp_ip_address_id: ipId(ip),
      status,
      assigned: clock.daysAgo(since),
      expires: null,
      warmup_state: warmth[status],
      last_sent: status === 'scheduled' ? null : clock.hoursAgo(0.2 + (i % 17) * 1.3),
      created: clock.daysAgo(since),
      updated: clock.daysAgo(status === 'warming' ? 0.9 : since),
    }
  })
}

function pastRows(clock: Clock): AssignmentRow[] {
  return pastAssignments.map(({domain, ip, since, ended}) => ({
    id: sandboxId(`assignment:${domain}:${ip}`),
    domain_id: domainId(domain),
    smtp_ip_address_id: ipId(ip),
    status: 'expired',
    assigned: clock.daysAgo(since),
    expires: clock.daysAgo(ended),
    warmup_state: 'warmed',
    last_sent: clock.daysAgo(ended + 0.1),
    created: clock.daysAgo(since),
    updated: clock.daysAgo(ended),
  }))
}
