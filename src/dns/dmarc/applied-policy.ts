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
  /** By the public suffix list of RFC 7489. */
  publicSuffix: AppliedPolicy | null
  /** The organisational domain by each of them; null where it is not known or there is none. */
  organisation: {treeWalk: string | null; publicSuffix: string | null}
  /** The domains that were looked at. */
  walked: readonly string[]
  /** Why nothing certain can be said of the tree walk. */
  failure: Unanswered | null
}

/** Finds the policy of a domain that has no usable record of its own (RFC 9989 §4.10.1, RFC 7489 §6.6.3). */
export async function inheritedPolicy(lookup: Lookup, domain: string): Promise<Inherited> {
  const [walk, suffix] = await Promise.all([treeWalk(lookup, domain), suffixOrganisation(domain)])
  const above = suffix === null || suffix === domain ? null : await publishedAt(lookup, suffix)
  const source = sourceIn(walk)
  return {
    treeWalk: source && (await inherited(lookup, domain, source)),
    publicSuffix: above && (await inherited(lookup, domain, above)),
    organisation: {treeWalk: walk.organisation, publicSuffix: suffix},
    walked: walk.steps.map((step) => step.domain),
    failure: walk.failure ?? (above && unanswered(above)),
  }
}

/** The record of the organisation, or of the public suffix above it where that has one and the organisation none. */
function sourceIn({steps, organisation}: TreeWalk): Published | null {
  if (organisation === null) return null
  const own = steps.find(({domain, record}) => domain === organisation && record !== null)
  return own ?? steps.findLast(({record}) => record?.psd === 'y') ?? null
}

async function inherited(lookup: Lookup, domain: string, source: Published): Promise<AppliedPolicy | null> {
  const {record, domain: from} = source
  const [existing, missing] = record ? [subdomainPolicy(record), nonexistentPolicy(record)] : [null, null]
  if (record === null || existing === null || missing === null) return null
  if (existing !== missing && (await isNonexistent(lookup, domain))) {
    return {policy: missing, from, tag: 'np', record}
  }
  return {policy: existing, from, tag: record.sp ? 'sp' : 'p', record}
}

/** RFC 9989 §3.2.13: the name itself has NXDOMAIN. */
async function isNonexistent(lookup: Lookup, domain: string): Promise<boolean> {
  const answer = await lookup(domain, 'A')
  return answer.outcome === 'absent' && answer.rcode === 'NXDOMAIN'
}
