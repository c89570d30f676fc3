import type {PlacedRecord} from '../../rules/dns-document.ts'
import {dnsTypeOf, type ExpectedDnsType, type ExpectedRecord, recordName, selectorOf} from '../../rules/dns-record.ts'
import type {Answer} from '../answer.ts'
import {queryName} from '../wire/query-name.ts'
import {type Match, matchers} from './matchers.ts'

/** A record that shall be in DNS, and how to tell whether it is. */
export interface Expectation extends PlacedRecord {
  /** What a finding about it is called: `DKIM pm1`, `MX`; in the words of the document. */
  subject: string
  name: string
  type: ExpectedDnsType
  /** As a registrar's form and a zone file take it. */
  value: string
}

/** @param domain as `queryName` gives it */
export function expectationOf({position, record: stored}: PlacedRecord, domain: string): Expectation {
  const record = asDnsHasIt(stored)
  return {
    position,
    record,
    subject: subjectOf(stored, domain),
    name: recordName(record, domain),
    type: dnsTypeOf(record),
    value: publishedValue(record),
  }
}

/** What an answer says of a record: it is as expected, is another, or is not there. Undefined where nothing is known. */
export function matchOf({record, name}: Expectation, answer: Answer): Match | undefined {
  if (answer.outcome === 'failed') return undefined
  if (answer.outcome === 'absent') return 'none'
  return matchers[record.record_type](answer.records, {record, name})
}

// Documents may hold names as people write them; DNS has A-labels, and answers with those (RFC 5891 §4.4).
function asDnsHasIt(record: ExpectedRecord): ExpectedRecord {
  const {name, value, record_type: type} = record
  return {...record, name: inAscii(name), value: type === 'MX' || type === 'CNAME' ? inAscii(value) : value}
}

function inAscii(name: string): string {
  const ascii = /[^\0-\x7f]/.test(name) ? queryName(name) : undefined
  if (ascii === undefined) return name
  return name.endsWith('.') ? `${ascii}.` : ascii
}

function subjectOf(record: ExpectedRecord, domain: string): string {
  const type = record.record_type
  if (type === 'DKIM') return `DKIM ${selectorOf(record) ?? record.name}`
  const name = recordName(record, domain)
  return name === domain || name === `_dmarc.${domain}` ? type : `${type} ${record.name}`
}

function publishedValue({record_type: type, value, priority}: ExpectedRecord): string {
  if (type === 'MX') return `${priority ?? 0} ${withDot(value)}`
  return type === 'CNAME' ? withDot(value) : value
}

function withDot(host: string): string {
  return host.endsWith('.') ? host : `${host}.`
}
