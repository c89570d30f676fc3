import type {Answer, Failed, Lookup} from '../answer.ts'
import {isDnsName, plainName} from '../domain-name.ts'
import {isSpfRecord} from './parse-record.ts'

/** What a domain publishes as SPF. */
export type Published =
  | {
      outcome: 'records'
      /** One character for each byte. None where the domain has no SPF record. */
      records: readonly string[]
      /** Null for a record that is only proposed. */
      answer: Answer<'TXT'> | null
    }
  /** The name is no full domain name, so it has no record (RFC 7208 §4.3). */
  | {outcome: 'bad name'; answer: null}
  | {outcome: 'unknown'; answer: Failed; reason: string}

/** Where the SPF records of domains come from. */
export type RecordSource = (domain: string) => Promise<Published>

/** The records as they are in DNS (RFC 7208 §4.4, §4.5). */
export function liveRecords(lookup: Lookup): RecordSource {
  return async (domain) => {
    if (!isDnsName(domain) || !domain.includes('.')) return {outcome: 'bad name', answer: null}
    const answer = await lookup(domain, 'TXT')
    if (answer.outcome !== 'failed') return {outcome: 'records', records: textsOf(answer).filter(isSpfRecord), answer}
    if (answer.reason === 'bad name') return {outcome: 'bad name', answer: null}
    return {outcome: 'unknown', answer, reason: answer.detail}
  }
}

/** The records as they would be if `domain` published `record` instead of what it has. */
export function withRecord(live: RecordSource, domain: string, record: string): RecordSource {
  return async (name) => {
    const published = await live(name)
    return isAt(published, name, domain) ? {outcome: 'records', records: [record], answer: null} : published
  }
}

/** The name whose record was found: the end of the aliases, where there are any. */
export function ownerOf({answer}: Published, name: string): string {
  const aliases = answer === null || answer.outcome === 'failed' ? [] : answer.aliases
  return aliases.at(-1)?.data ?? name
}

/** Whether what is found at `name` is the record of `domain`, by its own name or by an alias of it. */
function isAt(published: Published, name: string, domain: string): boolean {
  return plainName(name) === plainName(domain) || plainName(ownerOf(published, name)) === plainName(domain)
}

/** All TXT records of an answer, one character for each byte. */
export function textsOf(answer: Answer<'TXT'>): string[] {
  if (answer.outcome !== 'found') return []
  return answer.records.map(({data}) => data)
}
