import type {LiveAnswer} from '../finding.ts'
import {liveAnswer, livePart} from '../live-answer.ts'
import {looksLikeSpf} from '../spf/situation.ts'
import type {Expectation} from './expectation.ts'
import type {Views} from './state.ts'

/** What every server says of a record, the authorities first; of an SPF record without the other TXT beside it. */
export function evidenceOf({record}: Expectation, {authorities, resolvers}: Views): LiveAnswer[] {
  const isSpf = record.record_type === 'SPF'
  return [...authorities, ...resolvers].map((answer) => (isSpf ? livePart(answer, looksLikeSpf) : liveAnswer(answer)))
}
