import type {Answer, FailureReason, Lookup, RecordType} from '../answer.ts'
import {Kept} from '../kept.ts'

/** Keeps for a while what many domains ask for, and puts each question once at a time. */
export function keptLookup(lookup: Lookup): Lookup {
  const kept = new Map<RecordType, Kept<Answer>>()
  return <Type extends RecordType>(name: string, type: Type): Promise<Answer<Type>> => {
    const ofType = kept.get(type) ?? new Kept<Answer>(wasAnswered)
    kept.set(type, ofType)
    // What is kept for a type is of that type.
    return (ofType.get(name) ?? ofType.keep(name, lookup(name, type))) as Promise<Answer<Type>>
  }
}

/** That a server refuses is an answer too, which it would give again. */
function wasAnswered(answer: Answer): boolean {
  return answer.outcome !== 'failed' || errorCodes.has(answer.reason)
}

const errorCodes: ReadonlySet<FailureReason> = new Set(['SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP', 'rcode'])
