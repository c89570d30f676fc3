import type {Seen} from '../dns/check/at-source.ts'
import type {CheckFinding} from '../dns/check/domain-check.ts'
import type {FindingKind, LiveAnswer} from '../dns/finding.ts'
import type {RecordVerdict} from '../dns/records/verdict.ts'
import type {Board, Entry} from '../output/board.ts'
import type {Section} from '../output/detail.ts'
import {sanitize} from '../output/sanitize.ts'
import type {Cell} from '../output/view.ts'
import {type CheckedDomain, isBroken, levelMarks, recordCell} from './domain-check.ts'

/** Something on the doctor's list: what was found, or a record that shall be there. */
export type DoctorItem = {id: string; effect: boolean} & (
  | {kind: 'finding'; of: CheckFinding}
  | {kind: 'record'; of: RecordVerdict}
)

/** What the doctor's screen shows besides where its operator is. */
export interface DoctorState {
  domain: string
  /** Null while it is being found out. */
  checked: CheckedDomain | null
  /** What was asked again since, by the id of the item. */
  seen: ReadonlyMap<string, Seen>
  notice: Cell | null
  kinds: Readonly<Record<string, FindingKind>>
}

// As many as 80 columns hold; the arrows everybody finds stand last.
const keys = [
  'q quit',
  '? help',
  'r again',
  'w watch',
  'f fix',
  't trace',
  'e SPF',
  's save',
  'R all',
  '↑↓ choose',
  '←→ read',
]

/** The parts of a check in words. */
const sectionTitles: Readonly<Record<CheckFinding['section'], string>> = {
  stored: 'Stored records',
  delegation: 'Delegation',
  zone: 'Zone',
  hosts: 'MX and hosts',
  spf: 'SPF',
  dkim: 'DKIM',
  dmarc: 'DMARC',
  extras: 'Extras',
  reputation: 'Reputation',
}

/** All that can be chosen, in the order of causes: findings, what is gone with them, and every record. */
export function doctorItems({findings, muted, verdicts}: CheckedDomain): DoctorItem[] {
  const found = [findings.map((of) => ({of, effect: false})), muted.map((of) => ({of, effect: true}))].flat()
  const alike = new Map<string, number>()
  return [
    ...found.map(({of, effect}): DoctorItem => {
      const about = `${of.code} ${of.subject} ${of.name}`
      const count = (alike.get(about) ?? 0) + 1
      alike.set(about, count)
      return {id: `${about} ${count}`, kind: 'finding', effect, of}
    }),
    ...verdicts.map((of): DoctorItem => ({id: `record ${of.position}`, kind: 'record', effect: false, of})),
  ]
}

/** The doctor's screen. */
export function doctorBoard(state: DoctorState, chosen: string | undefined): Board {
  const {domain, checked, notice} = state
  if (!checked) {
    return {head: [{text: domain, tone: 'strong'}], entries: [], detail: [], notice, keys: ['q quit', '? help']}
  }
  const items = doctorItems(checked)
  const item = items.find(({id}) => id === chosen)
  return {
    head: headOf(checked),
    entries: entriesOf(items, state),
    detail: item ? detailOf(item, state) : [],
    notice,
    keys,
  }
}

function headOf({domain, tenant, outcome, errors, warnings, unknown, verdicts}: CheckedDomain): Cell[] {
  const right = verdicts.filter(({state, status}) => state === 'ok' && status === 'verified').length
  const counts = [
    ...(errors > 0 ? [`${errors} must be mended`] : ['nothing must be mended']),
    ...(warnings > 0 ? [`${warnings} should be`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    verdicts.length > 0 ? `${right} of ${verdicts.length} records right` : 'no record is expected',
  ]
  return [
    {text: [domain, ...(tenant === null ? [] : [tenant]), outcome].join(' · '), tone: 'strong'},
    {text: counts.join(', '), tone: errors > 0 ? 'bad' : unknown > 0 ? 'warn' : 'good'},
  ]
}

function entriesOf(items: readonly DoctorItem[], state: DoctorState): Entry[] {
  return items.flatMap((item, index) => {
    const heading = headingOf(item)
    const before = items[index - 1]
    const line = {id: item.id, line: lineOf(item, state)}
    return before && headingOf(before) === heading ? [line] : [{line: {text: heading, tone: 'dim'}}, line]
  })
}

function headingOf(item: DoctorItem): string {
  if (item.kind === 'record') return 'Records'
  return item.effect ? 'Gone when these are mended' : sectionTitles[item.of.section]
}

function lineOf(item: DoctorItem, {kinds, seen}: DoctorState): Cell {
  if (item.kind === 'finding') {
    const {level, code, subject} = item.of
    const {text, tone} = levelMarks[level]
    const line = `${text.charAt(0)} ${subject} · ${kinds[code]?.title ?? code}`
    return item.effect ? {text: line, tone: 'dim'} : {text: line, ...(tone ? {tone} : {})}
  }
  return recordCell(standsNow(item.of, seen.get(item.id)))
}

/** A record as it was seen last. Whether one that did not work does now, only a check of all can tell. */
function standsNow(checked: RecordVerdict, seen: Seen | undefined): RecordVerdict {
  const now = seen?.verdict
  if (!now) return checked
  return isBroken(checked) && now.status === 'verified' ? {...now, status: checked.status, error: checked.error} : now
}

function detailOf(item: DoctorItem, state: DoctorState): Section[] {
  const seen = state.seen.get(item.id)
  const live = seen ? [{title: 'Live, just now', lines: liveLines(seen.live)}] : liveSection(item.of.live)
  return item.kind === 'finding' ? findingDetail(item.of, live, state) : recordDetail(standsNow(item.of, seen), live)
}

function findingDetail(finding: CheckFinding, live: Section[], {kinds}: DoctorState): Section[] {
  const {code, message, expected, references, fix, cause_of: effects} = finding
  const why = kinds[code]?.why
  return [
    {title: code, lines: [message]},
    ...(expected === null ? [] : [{title: 'What is expected', lines: [expected]}]),
    ...live,
    {title: 'Why it matters', lines: [...(why ? [why] : []), {text: references.join(', '), tone: 'dim'}]},
    ...(fix === null ? [] : [{title: 'Fix', lines: fixLines(fix)}]),
    ...(effects.length > 0 ? [{title: 'Gone when this is mended', lines: [effects.join(', ')]}] : []),
  ]
}

/** A fix in every form somebody may need. */
export function fixLines({host, type, ttl, value, zone_line, command}: NonNullable<CheckFinding['fix']>): string[] {
  return [
    `Host ${host}   Type ${type}   TTL ${ttl}`,
    value,
    '',
    'In a zone file:',
    zone_line,
    ...(command === null ? [] : ['', `Then: ${command}`]),
  ]
}

function recordDetail(verdict: RecordVerdict, live: Section[]): Section[] {
  const {subject, name, type, state, status, error, ttl, retry_after_s: wait} = verdict
  return [
    {
      title: `${subject}: ${type} of ${name}`,
      lines: [
        `${state}, verification ${status}`,
        ...(error === null ? [] : [error]),
        ...(ttl === null ? [] : [`TTL at the source: ${ttl} s`]),
        ...(wait === null ? [] : [`Caches still have the old answer for ${wait} s.`]),
      ],
    },
    ...live,
  ]
}

function liveSection(live: readonly LiveAnswer[]): Section[] {
  return live.length > 0 ? [{title: 'Live, server by server', lines: liveLines(live)}] : []
}

/** What each server says, a line each, and below it where its aliases lead, and its records. */
export function liveLines(live: readonly LiveAnswer[]): string[] {
  if (live.length === 0) return ['Nobody could be asked.']
  return live.flatMap(({server, authoritative, rcode, ttl, aliases, records}) => {
    const isAnswer = ['NOERROR', 'NODATA', 'NXDOMAIN'].includes(rcode)
    const who = isAnswer ? [authoritative ? 'source' : 'cache'] : []
    const what = [...who, rcode, ...(ttl === null ? [] : [`TTL ${ttl} s`])].join(', ')
    return [
      `${server} (${what})`,
      ...aliases.map((alias) => `  CNAME ${alias}`),
      // A record that has line breaks shall not look like lines of ours.
      ...records.map((record) => `  ${sanitize(record)}`),
    ]
  })
}
