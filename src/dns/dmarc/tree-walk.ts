import type {Lookup} from '../answer.ts'
import {type Published, publishedAt, type Unanswered, unanswered} from './own-record.ts'

/** A walk from a domain up to its top-level domain. */
export interface TreeWalk {
  /** What was looked at, the domain itself first; it ends where a record says psd=y or psd=n. */
  steps: readonly Published[]
  /** Null where a question without an answer could have changed it. */
  organisation: string | null
  /** The first question that got no answer. */
  failure: Unanswered | null
}

/** Names that are looked at in a walk: eight at most, whatever the domain (RFC 9989 §4.10). */
export function walkTargets(domain: string): string[] {
  const labels = domain.split('.')
  const above = labels.slice(Math.max(1, labels.length - 7))
  return [domain, ...above.map((_, at) => above.slice(at).join('.'))]
}

/** Finds the organisational domain of a domain (RFC 9989 §4.10.2). All its questions are asked at once. */
export async function treeWalk(lookup: Lookup, domain: string): Promise<TreeWalk> {
  const found = await Promise.all(walkTargets(domain).map((target) => publishedAt(lookup, target)))
  const end = found.findIndex(({record}) => record !== null && record.psd !== 'u')
  const steps = end === -1 ? found : found.slice(0, end + 1)
  const failure = steps.map(unanswered).find((failed) => failed !== null) ?? null
  return {steps, organisation: failure ? null : organisationIn(steps, domain), failure}
}

function organisationIn(steps: readonly Published[], domain: string): string {
  const withRecord = steps.filter(({record}) => record !== null)
  const last = withRecord.at(-1)
  if (last === undefined) return domain
  if (last.record?.psd === 'y' && last !== steps[0]) return oneBelow(last.domain, domain)
  // Of psd=n, where the walk ended, and of the record with the fewest labels: both are the last one.
  return last.domain
}

/** The name one label longer than `suffix` on the way down to `domain`. */
function oneBelow(suffix: string, domain: string): string {
  const labels = domain.split('.')
  return labels.slice(labels.length - suffix.split('.').length - 1).join('.')
}
