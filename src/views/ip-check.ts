import type {BlocklistStatus} from '../dns/blocklist/status.ts'
import type {Finding} from '../dns/finding.ts'
import type {ReverseFacts} from '../dns/reverse/check.ts'
import type {Tone, View} from '../output/view.ts'
import {type CheckOutcome, checkOutcomes, outcomeOf} from '../rules/check-outcome.ts'

/** A sending IP and what its check came to. */
export interface CheckedIp {
  ip: string
  outcome: CheckOutcome
  /** The lists it is on. */
  listed: string[]
  /** The lists that could not say. */
  unknown: string[]
  /** Its names in DNS; null where they could not be learned. */
  ptr: string[] | null
  /** Whether one of them leads back to it. */
  confirmed: boolean | null
  first: string | null
  findings: readonly Finding[]
  change: number | null
  /** Whether it is one of the platform's: only of those the outcome can be stored. */
  in_pool: boolean
}

/** @param change the change that stored it; null where it was not stored */
export function checkedIp(
  {ip, isPooled}: {ip: string; isPooled: boolean},
  {listed, lists}: BlocklistStatus,
  {names, confirmed}: ReverseFacts,
  findings: readonly Finding[],
  change: number | null,
): CheckedIp {
  return {
    ip,
    outcome: outcomeOf(findings),
    listed,
    unknown: Object.entries(lists).flatMap(([zone, {status}]) => (status === 'unknown' ? zone : [])),
    ptr: names?.map(({name}) => name) ?? null,
    confirmed,
    first:
      (findings.find(({level}) => level === 'error') ?? findings.find(({level}) => level === 'unknown'))?.message ??
      null,
    findings,
    change,
    in_pool: isPooled,
  }
}

const tones: Readonly<Record<CheckOutcome, Tone>> = {ok: 'good', failing: 'bad', unknown: 'warn'}

const findingView: View<Pick<Finding, 'code' | 'level' | 'subject' | 'message'>> = {
  noun: 'finding',
  plural: 'findings',
  name: 'code',
  fields: {
    code: {kind: 'text'},
    level: {kind: 'text', values: ['error', 'warning', 'info', 'unknown']},
    subject: {kind: 'text'},
    message: {kind: 'text'},
  },
  table: ['level', 'code', 'message'],
}

export const checkedIpView: View<CheckedIp> = {
  noun: 'IP',
  plural: 'IPs',
  name: 'ip',
  fields: {
    ip: {kind: 'text', header: 'IP'},
    outcome: {kind: 'text', values: checkOutcomes, cell: (outcome) => ({text: outcome, tone: tones[outcome]})},
    listed: {kind: 'list', header: 'Listed on'},
    unknown: {kind: 'list', header: 'Could not say'},
    ptr: {kind: 'list', header: 'PTR', nullable: true},
    confirmed: {kind: 'boolean', header: 'Leads back', nullable: true},
    first: {kind: 'text', header: 'First to mend', nullable: true},
    findings: {kind: 'json', rows: findingView},
    change: {kind: 'integer', nullable: true},
    in_pool: {kind: 'boolean', header: 'In the pool'},
  },
  table: ['ip', 'outcome', 'listed', 'unknown', 'ptr', 'confirmed'],
  wide: ['first', 'change', 'in_pool'],
}
