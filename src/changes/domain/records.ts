import {isDeepStrictEqual} from 'node:util'
import type {Json} from '../../db/schema/json.ts'
import {getDomain, type StoredDomain} from '../../queries/domain/find.ts'
import {parseDnsDocument} from '../../rules/dns-document.ts'
import {type DnsRecordType, selectorOf} from '../../rules/dns-record.ts'
import {tagOf} from '../../rules/dns-record-meaning.ts'
import {NotFound} from '../../rules/errors.ts'
import type {RecordEdit} from '../../rules/record-edit.ts'
import type {Change, Plan} from '../plan.ts'
import {type Entry, editsOf, entriesOf, isEntry, type Spot, standsAt, withEntries} from './document.ts'
import {documentRow, domainTargets} from './rows.ts'

/** What a domain shall have of a type at a host, and nothing else there. */
export interface RecordsInput extends Spot {
  domain: string
  type: DnsRecordType
  /** What is said of all of them. */
  fields: Entry
  values: readonly {value: string; priority?: number}[]
}

/** Sets the records of a type at a host. One that stays as it is keeps its verification; a new one waits for it. */
export const setRecords: Change<RecordsInput, RecordEdit> = {
  permission: 'domain.write',
  grade: 'moderate',
  plan: async (db, input) => {
    const domain = await getDomain(db, input.domain)
    const entries = entriesOf(domain)
    const old = entries.filter((entry) => standsAt(entry, input, domain.domain))
    const first = entries.findIndex((entry) => standsAt(entry, input, domain.domain))
    const others = entries.filter((entry) => !standsAt(entry, input, domain.domain))
    const made = input.values.map((said) => entryFor(input, said, old))
    const at = first === -1 ? others.length : first
    const next = others.toSpliced(at, 0, ...made)
    parseDnsDocument({records: next})
    return planDocument(domain, withEntries(domain, next), `Set ${spotText(input)} of ${domain.domain}.`)
  },
}

/** Stores a whole document, which parseDnsDocument has read, in place of the one there is. */
export const setDocument: Change<{domain: string; document: Json}, RecordEdit> = {
  permission: 'domain.write',
  grade: 'moderate',
  plan: async (db, {domain: named, document}) => {
    const domain = await getDomain(db, named)
    return planDocument(domain, document, `Store another DNS document for ${domain.domain}.`)
  },
}

/** Takes the records of a type at a host out of the document; what DNS has stays as it is. */
export const removeRecords: Change<Spot & {domain: string}, RecordEdit> = {
  permission: 'domain.write',
  grade: 'moderate',
  plan: async (db, {domain: named, ...spot}) => {
    const domain = await getDomain(db, named)
    const entries = entriesOf(domain)
    const rest = entries.filter((entry) => !standsAt(entry, spot, domain.domain))
    if (rest.length === entries.length) {
      throw new NotFound(`${domain.domain} has no record ${spotText(spot)}.`, {
        hint: `See which it has: pm domain records list ${domain.domain}`,
      })
    }
    return planDocument(
      domain,
      withEntries(domain, rest),
      `Take ${spotText(spot)} out of the records of ${domain.domain}.`,
    )
  },
}

function planDocument(domain: StoredDomain, document: Json, headline: string): Plan<RecordEdit> {
  const before =
    isEntry(domain.dns_records) && Array.isArray(domain.dns_records.records) ? domain.dns_records.records : []
  const after = isEntry(document) && Array.isArray(document.records) ? document.records : []
  return {
    headline,
    subject: domain.domain,
    targets: domainTargets(domain),
    rows: isDeepStrictEqual(domain.dns_records, document) ? [] : [documentRow(domain, document)],
    effects: editsOf(before, after),
    warnings: [],
  }
}

function spotText({type, host}: Spot): string {
  return `${type} at ${host}`
}

function entryFor(
  {type, host, fields}: RecordsInput,
  said: {value: string; priority?: number},
  old: readonly Entry[],
): Entry {
  const same = old.find(({value}) => value === said.value)
  const [only] = old
  // A single record that gets another value stays what it is otherwise.
  const kept = same ?? (old.length === 1 && only ? withoutValue(only) : {})
  const entry = {...kept, record_type: type, name: host, ...derived({type, host}, said.value), ...fields, ...said}
  return isDeepStrictEqual(entry, same) ? entry : {...entry, ...unverified}
}

const unverified: Entry = {
  verification_status: 'pending',
  last_verified_at: null,
  verification_attempts: 0,
  verification_error: null,
  ttl_observed: null,
  source: 'api',
}

function withoutValue({public_key: _, policy: _policy, mx_hosts: _hosts, ...entry}: Entry): Entry {
  return entry
}

/** Fields that repeat what the value and the name say. */
function derived({type, host}: Spot, value: string): Entry {
  const p = tagOf(value, 'p')
  if (p === undefined) return {}
  if (type === 'DKIM') return {public_key: p, selector: selectorOf({name: host}) ?? null}
  return type === 'DMARC' ? {policy: p.toLowerCase()} : {}
}
