import type {Answer, Lookup, RecordType} from '../answer.ts'

/** Puts each question once, for the life of the lookup; what failed is not asked again either. */
export function askedOnce(lookup: Lookup): Lookup {
  const asked = new Map<string, Promise<Answer<RecordType>>>()
  return <Type extends RecordType>(name: string, type: Type): Promise<Answer<Type>> => {
    const key = `${type} ${name}`
    // What is kept under a key is of the key's type.
    const before = asked.get(key) as Promise<Answer<Type>> | undefined
    if (before) return before
    const answer = lookup(name, type)
    asked.set(key, answer as Promise<Answer<RecordType>>)
    return answer
  }
}
