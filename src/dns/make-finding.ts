import type {Finding, FindingKind} from './finding.ts'

/** What a finding says beyond its kind. */
export type FindingParts = Pick<Finding, 'subject' | 'name' | 'message'> & Partial<Omit<Finding, 'code' | 'references'>>

/** A finding of a family: its code and kind, and what was seen. Parts that are left out are null or empty. */
export function makeFinding<Code extends string>(
  kinds: Readonly<Record<Code, FindingKind>>,
  code: Code,
  parts: FindingParts,
): Finding {
  const {level, references} = kinds[code]
  return {code, level, references, ...nothing, ...parts}
}

const nothing = {type: null, expected: null, live: [], cause_of: [], fix: null, retry_after_s: null} as const
