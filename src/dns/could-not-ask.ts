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
  REC_NAME_IMPOSSIBLE: {
    level: 'error',
    title: 'No record can be at this name',
    why: 'A record is expected at a name that DNS cannot hold, so it can neither be published nor found.',
    references: ['RFC 1035 §2.3.4'],
  },
  NAME_IMPOSSIBLE: {
    level: 'info',
    title: 'Nothing can be at this name',
    why: 'DNS cannot hold the name, so whoever looks there finds nothing, and nobody needs to ask.',
    references: ['RFC 1035 §2.3.4'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

/** Says that a question got no answer, or that it is none. Never that a record is missing. */
export function couldNotAsk(about: About & {type: RecordType}, failed: Failed): Finding {
  const {type, name, expected = null} = about
  if (failed.reason === 'bad name') {
    const code = expected === null ? 'NAME_IMPOSSIBLE' : 'REC_NAME_IMPOSSIBLE'
    return makeFinding(unknownKinds, code, {
      ...about,
      fix: null,
      message: `No ${type} can be at ${name}: ${failed.detail}.`,
    })
  }
  const message = `${type} at ${name} could not be learned: ${failed.detail}.`
  return makeFinding(unknownKinds, 'REC_UNKNOWN', {...about, live: [liveAnswer(failed)], message})
}
