import type {PlacedRecord} from '../rules/dns-document.ts'
import type {ExpectedDnsType} from '../rules/dns-record.ts'
import {fixOf} from './fix.ts'
import {expectationOf} from './records/expectation.ts'
import {queryName} from './wire/query-name.ts'

/** A record as a line of a zone file, and its parts. */
export interface ZoneLine {
  name: string
  ttl: number
  type: ExpectedDnsType
  value: string
  zone_line: string
}

const usualTtl = 3600

/** The records of a document as lines of a zone file, with whole names and strings of at most 255 bytes. */
export function zoneLines(domain: string, records: readonly PlacedRecord[]): ZoneLine[] {
  const zone = queryName(domain) ?? domain
  return records.map((placed) => {
    const {name, type, value, record} = expectationOf(placed, zone)
    const {ttl, zone_line} = fixOf({name, zone, type, value, ttl: record.ttl ?? usualTtl})
    return {name, ttl, type, value, zone_line}
  })
}
