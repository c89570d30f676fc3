import type {Answer, Failed, Lookup, RecordType} from '../answer.ts'
import {textOf} from '../live-answer.ts'
import {isDmarc, parseDmarc} from './parse-record.ts'
import type {DmarcRecord} from './record.ts'

/** What is published at `_dmarc.<domain>`. */
export interface Published {
  domain: string
  /** Where it was asked for. */
  name: string
  answer: Answer<'TXT'>
  /** Every TXT record, as text. */
  texts: readonly string[]
  /** How many of them are DMARC records; receivers discard more than one. */
  count: number
  /** The one DMARC record; null where there is none, or more. */
  record: DmarcRecord | null
}

/** Looks for the DMARC record of a domain, and of that domain only. */
export async function publishedAt(lookup: Lookup, domain: string): Promise<Published> {
  const name = `_dmarc.${domain}`
  const answer = await lookup(name, 'TXT')
  const texts = answer.outcome === 'found' ? answer.records.map(({data}) => textOf(data)) : []
  const [text, ...more] = texts.filter(isDmarc)
  const record = text !== undefined && more.length === 0 ? parseDmarc(text) : null
  return {domain, name, answer, texts, count: text === undefined ? 0 : more.length + 1, record}
}

/** A question that got no answer. */
export interface Unanswered {
  name: string
  type: RecordType
  answer: Failed
}

export function unanswered({name, answer}: Published): Unanswered | null {
  return answer.outcome === 'failed' ? {name, type: 'TXT', answer} : null
}
