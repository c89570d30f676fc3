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
  return records.map((placed) => {
    const {name: unicode, type, value: unicodeValue} = expectationOf(placed, domain)
    const [name, value] = [inAscii(unicode), type === 'TXT' ? unicodeValue : asciiHost(unicodeValue)]
    const {ttl, zone_line} = fixOf({name, zone: domain, type, value, ttl: placed.record.ttl ?? usualTtl})
    return {name, ttl, type, value, zone_line}
  })
}

function inAscii(name: string): string {
  return queryName(name) ?? name
}

/** `10 mail.example.` has its host behind the last space; an address has none and stays. */
function asciiHost(value: string): string {
  const at = value.lastIndexOf(' ') + 1
  const host = value.slice(at)
  return host.length > 1 && host.endsWith('.') ? `${value.slice(0, at)}${inAscii(host)}.` : value
}
