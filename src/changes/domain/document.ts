import {isDeepStrictEqual} from 'node:util'
import type {Json} from '../../db/schema/json.ts'
import type {StoredDomain} from '../../queries/domain/find.ts'
import {recordName} from '../../rules/dns-record.ts'
import {Conflict} from '../../rules/errors.ts'
import type {RecordEdit} from '../../rules/record-edit.ts'

export type Entry = Readonly<Record<string, Json>>

type WithDocument = Pick<StoredDomain, 'domain' | 'dns_records'>

/** Which records of a domain: those of a type at a host. */
export interface Spot {
  type: string
  host: string
}

/**
 * The entries of a stored document, whatever they are; a document of null has none.
 * @throws Conflict where what is stored is no document
 */
export function entriesOf({domain, dns_records: document}: WithDocument): readonly Json[] {
  if (document === null) return []
  const records = isEntry(document) ? (document.records ?? []) : undefined
  if (Array.isArray(records)) return records
  throw new Conflict(`The stored DNS document of ${domain} has no array of records.`, {
    hint: `Store a whole one: pm domain records set ${domain} --from-file FILE`,
  })
}

/** The document with other entries; whatever else it holds stays. */
export function withEntries({dns_records: document}: WithDocument, records: readonly Json[]): Json {
  return {...(isEntry(document) ? document : {}), records: [...records]}
}

export function standsAt(entry: Json, {type, host}: Spot, domain: string): entry is Entry {
  if (!isEntry(entry) || entry.record_type !== type || typeof entry.name !== 'string') return false
  return recordName({name: entry.name}, domain) === recordName({name: host}, domain)
}

/** What differs between two lists of entries, entry by entry; one that only was verified meanwhile does not. */
export function editsOf(before: readonly Json[], after: readonly Json[]): RecordEdit[] {
  const gone = before.filter((entry) => !after.some((other) => isDeepStrictEqual(said(entry), said(other))))
  const come = after.filter((entry) => !before.some((other) => isDeepStrictEqual(said(entry), said(other))))
  return [
    ...gone.map((entry) => ({change: 'remove' as const, ...said(entry)})),
    ...come.map((entry) => ({change: 'add' as const, ...said(entry)})),
  ]
}

/** An entry as an edit tells it. */
export function said(entry: Json): Omit<RecordEdit, 'change'> {
  const {record_type: type, name: host, value, ttl, priority} = isEntry(entry) ? entry : {}
  const text = value === undefined ? JSON.stringify(entry) : String(value)
  return {
    type: type === undefined ? '?' : String(type),
    host: host === undefined ? '?' : String(host),
    value: typeof priority === 'number' ? `${priority} ${text}` : text,
    ttl: typeof ttl === 'number' ? ttl : null,
  }
}

export function isEntry(value: Json | undefined): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
