import {parseAllDocuments} from 'yaml'
import type {SpfResult} from '../../src/dns/spf/verdict.ts'
import type {Zone} from '../support/dns/zone-lookup.ts'

interface Test {
  helo: string
  host: string
  mailfrom: string
  result: SpfResult | SpfResult[]
  explanation?: string
}

type Row = 'TIMEOUT' | Record<string, unknown>

interface Document {
  description: string
  tests: Record<string, Test>
  zonedata: Record<string, Row[]>
}

/** Tests that share a zone. */
export interface Scenario {
  description: string
  tests: readonly (Test & {name: string})[]
  zone: Zone
}

/** Reads the suite of RFC 7208 as the openspf.org project wrote it down. */
export function readScenarios(yaml: string): Scenario[] {
  return parseAllDocuments(yaml).map((parsed) => {
    const {description, tests, zonedata} = parsed.toJS() as Document
    const names = Object.entries(zonedata).map(([name, rows]) => [name.toLowerCase(), zoneEntry(rows)])
    return {
      description,
      tests: Object.entries(tests).map(([name, test]) => ({name, ...test})),
      zone: Object.fromEntries(names),
    }
  })
}

/** SPF rows are TXT records, unless the name has TXT rows of its own; `TXT: NONE` is such a row, and no record. */
function zoneEntry(entries: readonly Row[]): Zone[string] {
  const values = (type: string) => entries.flatMap((row) => (row !== 'TIMEOUT' && type in row ? [row[type]] : []))
  const txt = values('TXT').length > 0 ? values('TXT').filter((value) => value !== 'NONE') : values('SPF')
  const rows = {
    TXT: txt.map(joined),
    SPF: values('SPF').map(joined),
    MX: values('MX').map(mx),
    A: values('A').map(String),
    AAAA: values('AAAA').map(String),
    CNAME: values('CNAME').map(hostName),
    PTR: values('PTR').map(hostName),
  }
  return entries.includes('TIMEOUT') ? {rows, otherwise: 'timeout'} : rows
}

function joined(strings: unknown): string {
  return [strings].flat().join('')
}

function mx(value: unknown): {preference: number; exchange: string} {
  const [preference, exchange] = [value].flat()
  return {preference: Number(preference), exchange: hostName(exchange)}
}

function hostName(value: unknown): string {
  return String(value).replace(/\.$/, '').toLowerCase()
}
