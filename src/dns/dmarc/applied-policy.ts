import type {Lookup} from '../answer.ts'
import {suffixOrganisation} from './organisation.ts'
import {type Published, publishedAt, type Unanswered, unanswered} from './own-record.ts'
import {type DmarcRecord, nonexistentPolicy, type Policy, subdomainPolicy} from './record.ts'
import {type TreeWalk, treeWalk} from './tree-walk.ts'

/** The policy receivers apply to mail of a domain. */
export interface AppliedPolicy {
  policy: Policy
  /** The domain whose record says so. */
  from: string
  /** The tag that does; `p` also where sp= or np= are left out. */
  tag: 'p' | 'sp' | 'np'
  record: DmarcRecord
}

/** What a domain without a usable record of its own inherits. */
export interface Inherited {
  /** By the tree walk of RFC 9989; null where no policy applies, or where that is not known. */
  treeWalk: AppliedPolicy | null
  /** By the public suffix list of RFC 7489; null as above. */
  publicSuffix: AppliedPolicy | null
  /** The organisational domain by each of them; null where it is not known or there is none. */
  organisation: {treeWalk: string | null; publicSuffix: string | null}
  /** The domains that were looked at. */
  walked: readonly string[]
  /** The question without an answer that keeps one of the policies from being known. */
  failure: Unanswered | null
}

/** Finds the policy of a domain that has no usable record of its own (RFC 9989 §4.10.1, RFC 7489 §6.6.3). */
export async function inheritedPolicy(lookup: Lookup, domain: string): Promise<Inherited> {
  const [walk, suffix] = await Promise.all([treeWalk(lookup, domain), suffixOrganisation(domain)])
  const above = suffix === null || suffix === domain ? null : await publishedAt(lookup, suffix)
  const source = sourceIn(walk)
  const existence = needsExistence([source, above]) ? await existenceOf(lookup, domain) : 'exists'
  return {
    treeWalk: applied(source, existence),
    publicSuffix: applied(above, existence),
    organisation: {treeWalk: walk.organisation, publicSuffix: suffix},
    walked: walk.steps.map((step) => step.domain),
    failure: walk.failure ?? (above && unanswered(above)) ?? (typeof existence === 'string' ? null : existence),
  }
}

/** The record of the organisation, or of the public suffix above it where that has one and the organisation none. */
function sourceIn({steps, organisation}: TreeWalk): Published | null {
  if (organisation === null) return null
  const own = steps.find(({domain, record}) => domain === organisation && record !== null)
  return own ?? steps.findLast(({record}) => record?.psd === 'y') ?? null
}

/** Whether a name exists; the question that nobody answered where that is not known. */
type Existence = 'exists' | 'nonexistent' | Unanswered

/** Whether it makes a difference to any of these that the domain does not exist. */
function needsExistence(sources: readonly (Published | null)[]): boolean {
  return sources.some((source) => source?.record && subdomainPolicy(source.record) !== nonexistentPolicy(source.record))
}

/** RFC 9989 §3.2.13: the name itself has NXDOMAIN. */
async function existenceOf(lookup: Lookup, name: string): Promise<Existence> {
  const answer = await lookup(name, 'A')
  if (answer.outcome === 'failed') return {name, type: 'A', answer}
  return answer.outcome === 'absent' && answer.rcode === 'NXDOMAIN' ? 'nonexistent' : 'exists'
}

function applied(source: Published | null, existence: Existence): AppliedPolicy | null {
  if (!source?.record) return null
  const {record, domain: from} = source
  const [existing, missing] = [subdomainPolicy(record), nonexistentPolicy(record)]
  if (existing === null || missing === null) return null
  if (existing === missing || existence === 'exists') {
    return {policy: existing, from, tag: record.sp ? 'sp' : 'p', record}
  }
  return existence === 'nonexistent' ? {policy: missing, from, tag: 'np', record} : null
}
