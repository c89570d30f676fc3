import type {ExpectedRecord} from './dns-record.ts'
import {type DocumentProblem, fieldProblems, unknownFields} from './dns-record-fields.ts'
import {meaningProblems} from './dns-record-meaning.ts'
import {UsageError} from './errors.ts'
import {firstFew} from './first-few.ts'

/** A record at its place in the document, by which the outcome of a check is written back. */
export interface PlacedRecord {
  position: number
  record: ExpectedRecord
}

export interface ReadDnsDocument {
  /** Those that can be checked. */
  records: readonly PlacedRecord[]
  /** What is wrong with the document; a record with a problem of its own is not among those above. */
  problems: readonly DocumentProblem[]
}

/** Reads a `dns_records` document as it is stored, which nothing has checked before. One that is null has no records. */
export function readDnsDocument(document: unknown): ReadDnsDocument {
  const list = document === null ? [] : listOf(document)
  if (!list) return {records: [], problems: [{at: 'records', message: 'must be an array'}]}
  const records: PlacedRecord[] = []
  const problems: DocumentProblem[] = []
  for (const [position, entry] of list.entries()) {
    const wrong = entryProblems(entry, placeOf(position))
    // Every field was looked at, so it is a record.
    if (wrong.length === 0) records.push({position, record: entry as ExpectedRecord})
    problems.push(...wrong)
  }
  return {records, problems: [...problems, ...clashes(records)]}
}

/**
 * Reads a `dns_records` document that somebody wants to store, and lets no field pass that is none.
 * @throws UsageError that names everything that is wrong with it
 */
export function parseDnsDocument(document: unknown): readonly PlacedRecord[] {
  const {records, problems} = readDnsDocument(document)
  const unknown = records.flatMap(({record, position}) => unknownFields({...record}, placeOf(position)))
  const [first, ...more] = [...problems, ...unknown]
  if (!first) return records
  throw new UsageError(`${first.at} ${first.message}.`, {
    ...(more.length > 0 && {hint: `${firstFew(more.map(({at, message}) => `${at} ${message}`))}.`}),
    details: {problems: [first, ...more]},
  })
}

function listOf(document: unknown): readonly unknown[] | undefined {
  if (!isObject(document)) return undefined
  const {records = []} = document
  return Array.isArray(records) ? records : undefined
}

function placeOf(position: number): string {
  return `records[${position}]`
}

function entryProblems(entry: unknown, at: string): DocumentProblem[] {
  if (!isObject(entry)) return [{at, message: 'must be an object'}]
  const problems = fieldProblems(entry, at)
  return problems.length > 0 ? problems : meaningProblems(entry as unknown as ExpectedRecord, at)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Records that cannot stand beside an earlier one. */
function clashes(records: readonly PlacedRecord[]): DocumentProblem[] {
  const byName = Map.groupBy(records, ({record}) => record.name.toLowerCase())
  const shared = [...byName.values()].filter((group) => group.length > 1)
  return shared.flatMap((group) =>
    group.flatMap(({record, position}, at) => {
      const other = group.slice(0, at).find((earlier) => clash(earlier.record, record))
      if (!other) return []
      const message = `cannot stand beside ${placeOf(other.position)}: ${other.record.record_type} at ${record.name}`
      return [{at: placeOf(position), message}]
    }),
  )
}

const onlyOnce: ReadonlySet<string> = new Set(['SPF', 'DKIM', 'DMARC', 'CNAME'])

function clash(one: ExpectedRecord, other: ExpectedRecord): boolean {
  if (one.record_type === 'CNAME' || other.record_type === 'CNAME') return true
  if (one.record_type !== other.record_type) return false
  return onlyOnce.has(one.record_type) || one.value.toLowerCase() === other.value.toLowerCase()
}
