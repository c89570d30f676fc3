import type {Answer, Lookup, RecordType} from '../answer.ts'

/** Puts each question once, for the life of the lookup; what failed is not asked again either. */
export function askedOnce(lookup: Lookup): Lookup {
  const asked = new Map<RecordType, Map<string, Promise<Answer<RecordType>>>>()
  return <Type extends RecordType>(name: string, type: Type): Promise<Answer<Type>> => {
    const ofType = asked.get(type) ?? new Map<string, Promise<Answer<RecordType>>>()
    // What is kept for a type is of that type.
    const before = ofType.get(name) as Promise<Answer<Type>> | undefined
    if (before) return before
    const answer = lookup(name, type)
    asked.set(type, ofType.set(name, answer as Promise<Answer<RecordType>>))
    return answer
  }
}
