import type {PlacedRecord} from '../rules/dns-document.ts'
import type {ExpectedDnsType} from '../rules/dns-record.ts'
import type {DocumentProblem} from '../rules/dns-record-fields.ts'
import {fixOf} from './fix.ts'
import {type Expectation, expectationOf} from './records/expectation.ts'
import {queryName} from './wire/query-name.ts'
import {isWithin} from './zone-names.ts'

/** A record as a line of a zone file, and its parts. */
export interface ZoneLine {
  name: string
  ttl: number
  type: ExpectedDnsType
  value: string
  zone_line: string
}

const usualTtl = 3600

/** The records of a document that a zone can hold, and what is wrong with the others. */
export interface ZoneFragment {
  lines: ZoneLine[]
  problems: DocumentProblem[]
}

/** The records of a document as lines of a zone file, with whole names and strings of at most 255 bytes. */
export function zoneFragment(domain: string, records: readonly PlacedRecord[]): ZoneFragment {
  const zone = queryName(domain) ?? domain
  const placed = records.map((record) => {
    const expectation = expectationOf(record, zone)
    return {expectation, problem: problemOf(expectation, zone)}
  })
  return {
    lines: placed.flatMap(({expectation, problem}) => (problem === undefined ? [lineOf(expectation, zone)] : [])),
    problems: placed.flatMap(({expectation: {position}, problem}) =>
      problem === undefined ? [] : [{at: `records[${position}]`, message: problem}],
    ),
  }
}

function lineOf({name, type, value, record}: Expectation, zone: string): ZoneLine {
  const {ttl, zone_line} = fixOf({name, zone, type, value, ttl: record.ttl ?? usualTtl})
  return {name, ttl, type, value, zone_line}
}

/** Why no server would load a zone with the record, if none would. */
function problemOf({name, type}: Expectation, zone: string): string | undefined {
  if (!isWithin(name, zone)) return `${name} is not in the zone ${zone}`
  const isOfHost = type === 'A' || type === 'AAAA' || type === 'MX'
  return isOfHost && !hostName.test(name) ? `${name} is no name for a host, which its ${type} needs` : undefined
}

/** RFC 1123 §2.1; a wildcard may be the first label (RFC 4592 §2.1.1). */
const hostName = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i
