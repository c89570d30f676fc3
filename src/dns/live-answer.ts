import type {Answer, RecordData, ResourceRecord} from './answer.ts'
import type {LiveAnswer} from './finding.ts'
import {leastTtl} from './least-ttl.ts'

/** An answer as the evidence of a finding: which server, and its records as text. */
export function liveAnswer(answer: Answer): LiveAnswer {
  const {transport, ms} = answer
  const server = answer.server ?? 'none'
  if (answer.outcome === 'failed') {
    return {server, transport, ms, authoritative: false, rcode: answer.reason, ttl: null, aliases: none, records: []}
  }
  const {authoritative} = answer
  const aliases = answer.aliases.length > 0 ? answer.aliases.map(({data}) => data) : none
  if (answer.outcome === 'absent') {
    return {server, transport, ms, authoritative, rcode: answer.rcode, ttl: answer.negativeTtl, aliases, records: []}
  }
  const {records} = answer
  return {
    server,
    transport,
    ms,
    authoritative,
    rcode: 'NOERROR',
    ttl: leastTtl(records),
    aliases,
    records: records.map(dataText),
  }
}

const none: readonly string[] = []

/** The same, without the records that have nothing to do with it. */
export function livePart(answer: Answer, isPart: (text: string) => boolean): LiveAnswer {
  const live = liveAnswer(answer)
  return {...live, records: live.records.filter(isPart)}
}

/** The data of a TXT record as it is meant to be read: UTF-8, or what is left of it. */
export function textOf(data: RecordData['TXT']): string {
  return /[^\0-\x7f]/.test(data) ? Buffer.from(data, 'latin1').toString('utf8') : data
}

/** The data of a record in one line, as people write it: no quotes around TXT, no dot after names. */
export function dataText({type, data}: ResourceRecord): string {
  if (typeof data === 'object') return Object.values(data).join(' ')
  return type === 'TXT' || type === 'SPF' ? textOf(data) : data
}
