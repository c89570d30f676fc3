import type {CheckFinding, DomainCheck} from '../dns/check/domain-check.ts'
import type {LiveAnswer} from '../dns/finding.ts'
import type {RecordVerdict} from '../dns/records/verdict.ts'
import type {WatchedState} from '../dns/records/watched.ts'
import type {Cell, Tone, View} from '../output/view.ts'
import {type CheckOutcome, checkOutcomes, outcomeOf} from '../rules/check-outcome.ts'

/** A domain and what its check came to. */
export interface CheckedDomain {
  domain: string
  tenant: string | null
  outcome: CheckOutcome
  errors: number
  warnings: number
  unknown: number
  /** What to mend first. */
  first: string | null
  zone: string | null
  findings: readonly CheckFinding[]
  muted: readonly CheckFinding[]
  verdicts: readonly RecordVerdict[]
  /** The change that stored it; null where it was not stored. */
  change: number | null
}

/** @param here makes what tells of commands tell of them in the same place */
export function checkedDomain(
  tenant: string | null,
  {domain, zone, verdicts, ...check}: DomainCheck,
  change: number | null,
  here: (command: string) => string = (command) => command,
): CheckedDomain {
  const findings = check.findings.map((finding) => placed(finding, here))
  const muted = check.muted.map((finding) => placed(finding, here))
  const count = (wanted: string) => findings.filter(({level}) => level === wanted).length
  const first = findings.find(({level}) => level === 'error') ?? findings.find(({level}) => level === 'unknown')
  return {
    domain,
    tenant,
    outcome: outcomeOf(findings),
    errors: count('error'),
    warnings: count('warning'),
    unknown: count('unknown'),
    first: first?.message ?? null,
    zone,
    findings,
    muted,
    verdicts,
    change,
  }
}

function placed(finding: CheckFinding, here: (command: string) => string): CheckFinding {
  const {message, fix} = finding
  return {
    ...finding,
    message: here(message),
    fix: fix?.command ? {...fix, command: here(fix.command)} : fix,
  }
}

const outcomeTones: Readonly<Record<CheckOutcome, Tone>> = {ok: 'good', failing: 'bad', unknown: 'warn'}

/** What a check came to. */
export function outcomeCell(outcome: CheckOutcome): Cell {
  return {text: outcome, tone: outcomeTones[outcome]}
}

/** What one server says, for a finding or a verdict. */
const liveView: View<LiveAnswer> = {
  noun: 'answer',
  plural: 'answers',
  name: 'server',
  fields: {
    server: {kind: 'text'},
    transport: {kind: 'text', values: ['udp', 'tcp']},
    authoritative: {kind: 'boolean'},
    rcode: {kind: 'text'},
    ttl: {kind: 'integer', nullable: true},
    aliases: {kind: 'list'},
    records: {kind: 'list'},
    ms: {kind: 'decimal'},
  },
  table: ['server', 'rcode', 'ttl', 'records'],
}

export const findingView: View<CheckFinding> = {
  noun: 'finding',
  plural: 'findings',
  name: 'code',
  fields: {
    code: {kind: 'text'},
    level: {kind: 'text', values: ['error', 'warning', 'info', 'unknown']},
    section: {kind: 'text'},
    subject: {kind: 'text'},
    name: {kind: 'text'},
    type: {kind: 'text', nullable: true},
    message: {kind: 'text'},
    expected: {kind: 'text', nullable: true},
    live: {kind: 'json', rows: liveView},
    cause_of: {kind: 'list'},
    fix: {kind: 'json', nullable: true},
    retry_after_s: {kind: 'integer', nullable: true},
    references: {kind: 'list'},
  },
  table: ['level', 'code', 'message'],
}

const verdictView: View<RecordVerdict> = {
  noun: 'record',
  plural: 'records',
  name: 'subject',
  fields: {
    position: {kind: 'integer'},
    subject: {kind: 'text', header: 'Record'},
    name: {kind: 'text'},
    type: {kind: 'text'},
    state: {kind: 'text'},
    status: {kind: 'text', header: 'Verification'},
    error: {kind: 'text', nullable: true},
    ttl: {kind: 'integer', header: 'TTL', nullable: true},
    live: {kind: 'json', rows: liveView},
    retry_after_s: {kind: 'integer', header: 'Again in, s', nullable: true},
  },
  table: ['subject', 'name', 'state', 'status', 'ttl'],
}

export const checkedDomainView: View<CheckedDomain> = {
  noun: 'domain',
  plural: 'domains',
  name: 'domain',
  fields: {
    domain: {kind: 'text', least: 30},
    tenant: {kind: 'text', nullable: true},
    outcome: {kind: 'text', values: checkOutcomes, cell: outcomeCell},
    errors: {kind: 'integer'},
    warnings: {kind: 'integer'},
    unknown: {kind: 'integer'},
    first: {kind: 'text', header: 'First to mend', nullable: true, least: 30},
    zone: {kind: 'text', nullable: true},
    findings: {kind: 'json', rows: findingView},
    muted: {kind: 'json', rows: findingView},
    verdicts: {kind: 'json', rows: verdictView},
    change: {kind: 'integer', nullable: true},
  },
  table: ['domain', 'outcome', 'first', 'tenant', 'errors', 'warnings'],
  wide: ['unknown', 'zone', 'change'],
}

/** How grave a finding is, as a mark and in words. */
export const levelMarks: Readonly<Record<CheckFinding['level'], Cell>> = {
  error: {text: '✗ must be mended', tone: 'bad'},
  warning: {text: '! should be mended', tone: 'warn'},
  info: {text: '· worth knowing', tone: 'info'},
  unknown: {text: '? could not be checked', tone: 'warn'},
}

const [bad, waiting] = [
  {text: '✗', tone: 'bad'},
  {text: '·', tone: 'info'},
] as const

/** How a record stands. What could not be asked is not marked as wrong, nor what caches have yet to forget. */
const stateMarks: Readonly<Record<WatchedState, {text: string; tone: Tone}>> = {
  ok: {text: '✓', tone: 'good'},
  broken: bad,
  missing: bad,
  mismatch: bad,
  inconsistent: bad,
  propagating: waiting,
  'negative-cached': waiting,
  unknown: {text: '?', tone: 'warn'},
}

/** Whether a record is published as it should be, and yet does not work. */
export function isBroken({state, status}: RecordVerdict): boolean {
  return status === 'failed' && stateMarks[state] !== bad
}

/** A record in a line. One that waits for its deployment is not wrong, and one that is published may yet not work. */
export function recordCell(verdict: RecordVerdict): Cell {
  const {subject, name, state, status} = verdict
  const stands = isBroken(verdict) ? 'broken' : state
  const {text, tone} = status === 'pending' && stateMarks[stands] === bad ? waiting : stateMarks[stands]
  return {text: `${text} ${subject}  ${name}: ${stands}`, tone}
}
