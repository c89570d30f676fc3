import type {Finding, FindingKind} from './finding.ts'
import {type FindingParts, makeFinding} from './make-finding.ts'

/** What the findings of one check have in common. */
export type About = Omit<FindingParts, 'message'>

export type Report<Code extends string> = (code: Code, message: string, more?: Partial<FindingParts>) => Finding

/**
 * Makes the findings of one check: a code, a sentence, and what is particular.
 * @param about put together only where there is something to report
 */
export function reportOn<Code extends string>(
  kinds: Readonly<Record<Code, FindingKind>>,
  about: () => About,
): Report<Code> {
  return (code, message, more) => makeFinding(kinds, code, {...about(), ...more, message})
}

/** What a family's check gives: what is wrong, and what was read. */
export interface Checked<Facts> {
  findings: readonly Finding[]
  facts: Facts
}
