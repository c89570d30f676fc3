import type {Failed, RecordType} from './answer.ts'
import type {Finding, FindingKind} from './finding.ts'
import {liveAnswer} from './live-answer.ts'
import {makeFinding} from './make-finding.ts'
import type {About} from './report.ts'

/** What any check finds where DNS gave it nothing to judge. */
export const unknownKinds = {
  REC_UNKNOWN: {
    level: 'unknown',
    title: 'Could not be asked',
    why: 'No name server gave an answer to go by. The record may be right, wrong or missing; nothing is concluded.',
    references: ['RFC 2308 §7'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

/** Says that a question got no answer. Never that a record is missing. */
export function couldNotAsk(about: About & {type: RecordType}, failed: Failed): Finding {
  const {type, name} = about
  const message = `${type} at ${name} could not be learned: ${failed.detail}.`
  return makeFinding(unknownKinds, 'REC_UNKNOWN', {...about, live: [liveAnswer(failed)], message})
}
