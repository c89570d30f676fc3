import type {Answer, ResourceRecord} from './answer.ts'
import type {LiveAnswer} from './finding.ts'

/** An answer as the evidence of a finding: which server, and its records as text. */
export function liveAnswer(answer: Answer): LiveAnswer {
  const {transport, ms} = answer
  const server = answer.server ?? 'none'
  if (answer.outcome === 'failed') {
    return {server, transport, ms, authoritative: false, rcode: answer.reason, ttl: null, records: []}
  }
  const {authoritative} = answer
  if (answer.outcome === 'absent') {
    return {server, transport, ms, authoritative, rcode: answer.rcode, ttl: answer.negativeTtl, records: []}
  }
  const ttl = answer.records.reduce((least, record) => Math.min(least, record.ttl), Number.POSITIVE_INFINITY)
  return {server, transport, ms, authoritative, rcode: 'NOERROR', ttl, records: answer.records.map(dataText)}
}

/** The strings of a TXT record put together, as they are meant to be read: UTF-8, or what is left of it. */
export function joinedStrings(strings: readonly Uint8Array[]): string {
  const [first] = strings
  const bytes = strings.length === 1 && Buffer.isBuffer(first) ? first : Buffer.concat(strings)
  return bytes.toString('utf8')
}

/** The data of a record in one line, as people write it: no quotes around TXT, no dot after names. */
export function dataText({data}: ResourceRecord): string {
  if (typeof data === 'string') return data
  if (isStrings(data)) return joinedStrings(data)
  return Object.values(data).join(' ')
}

function isStrings(data: object): data is readonly Uint8Array[] {
  return Array.isArray(data)
}
