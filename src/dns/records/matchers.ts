import {isIP} from 'node:net'
import type {DnsRecordType, ExpectedRecord} from '../../rules/dns-record.ts'
import {parseIpAddress} from '../../rules/ip-address.ts'
import type {RecordData, RecordType, ResourceRecord} from '../answer.ts'
import {servesAsDkim} from '../dkim/compare.ts'
import {looksLikeDkim} from '../dkim/parse-record.ts'
import {compareDmarc} from '../dmarc/compare.ts'
import {isDmarc} from '../dmarc/parse-record.ts'
import {plainName} from '../domain-name.ts'
import {dataText, textOf} from '../live-answer.ts'
import {compareSpf} from '../spf/compare.ts'
import {isSpfRecord} from '../spf/parse-record.ts'

/** Whether a record is there as expected, another is in its place, or there is none of its kind. */
export type Match = 'right' | 'wrong' | 'none'

interface Expected {
  record: ExpectedRecord
  name: string
}

type Matcher = (records: readonly ResourceRecord[], expected: Expected) => Match

const every = () => true

/** Which of the records that come in one answer are of a kind: only a TXT can be of another. */
const isOfKind: Readonly<Record<DnsRecordType, (text: string) => boolean>> = {
  SPF: isSpfRecord,
  DKIM: looksLikeDkim,
  DMARC: isDmarc,
  MX: every,
  A: every,
  AAAA: every,
  CNAME: every,
}

/** How live records are compared with the expected one: by what they mean, not by how they are written. */
export const matchers: Readonly<Record<DnsRecordType, Matcher>> = {
  SPF: ofText(isOfKind.SPF, (live, {record, name}) => compareSpf(name, record.value, live).relation !== 'differs'),
  DKIM: ofText(isOfKind.DKIM, (live, {record}) => servesAsDkim(live, record.value)),
  DMARC: ofText(isOfKind.DMARC, (live, {record}) =>
    ['same', 'stricter'].includes(compareDmarc(live, record.value).relation),
  ),
  MX: (records, {record}) =>
    oneOf(dataOf(records, 'MX'), ({preference, exchange}) => {
      return preference === record.priority && plainName(exchange) === plainName(record.value)
    }),
  A: (records, {record}) => oneOf(dataOf(records, 'A'), (address) => address === record.value),
  AAAA: (records, {record}) => oneOf(dataOf(records, 'AAAA'), (address) => same(address, record.value)),
  CNAME: (records, {record}) => oneOf(dataOf(records, 'CNAME'), (target) => target === plainName(record.value)),
}

/** The records of a kind as one text, the same in whatever order they came. */
export function contentOf(kind: DnsRecordType, records: readonly ResourceRecord[]): string {
  return records.map(dataText).filter(isOfKind[kind]).sort().join('\n')
}

/** Of a kind of text there may be one only. What is written as expected need not be read. */
function ofText(isKind: (text: string) => boolean, isRight: (live: string, expected: Expected) => boolean): Matcher {
  return (records, expected) => {
    const texts = textsIn(records)
    const at = texts.findIndex(isKind)
    const text = texts[at]
    if (text === undefined) return 'none'
    const isOnly = texts.findLastIndex(isKind) === at
    return isOnly && (text === expected.record.value || isRight(text, expected)) ? 'right' : 'wrong'
  }
}

function textsIn(records: readonly ResourceRecord[]): string[] {
  return records.map(({type, data}) => (type === 'TXT' && typeof data === 'string' ? textOf(data) : ''))
}

function oneOf<Data>(data: readonly Data[], isRight: (live: Data) => boolean): Match {
  if (data.length === 0) return 'none'
  return data.some(isRight) ? 'right' : 'wrong'
}

function dataOf<Type extends RecordType>(records: readonly ResourceRecord[], type: Type): RecordData[Type][] {
  return records.filter((record): record is ResourceRecord<Type> => record.type === type).map(({data}) => data)
}

function same(live: string, expected: string): boolean {
  return isIP(live) === 6 && isIP(expected) === 6 && parseIpAddress(live) === parseIpAddress(expected)
}
