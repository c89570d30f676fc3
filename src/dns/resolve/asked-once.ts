import type {Answer, Lookup, RecordType} from '../answer.ts'

/** Puts each question once, for the life of the lookup; what failed is not asked again either. */
export function askedOnce(lookup: Lookup): Lookup {
  // One map, for every domain that is checked has some of these.
  const asked = new Map<string, Promise<Answer<RecordType>>>()
  return <Type extends RecordType>(name: string, type: Type): Promise<Answer<Type>> => {
    const question = `${type} ${name}`
    // What is kept for a type is of that type.
    const before = asked.get(question) as Promise<Answer<Type>> | undefined
    if (before) return before
    const answer = lookup(name, type)
    asked.set(question, answer as Promise<Answer<RecordType>>)
    return answer
  }
}
