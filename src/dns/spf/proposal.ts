import type {Lookup} from '../answer.ts'
import type {Finding} from '../finding.ts'
import {parseIp} from '../ip-bytes.ts'
import {assess} from './assess.ts'
import {canonicalTerm} from './canonical.ts'
import {maxLookups, maxVoids} from './evaluation.ts'
import type {Voids} from './host-facts.ts'
import {meantRecord} from './meant-record.ts'
import {mergeSpf, type SpfMerge} from './merge.ts'
import {parseRecord} from './parse-record.ts'
import {type RecordSource, textsOf, withRecord} from './published.ts'
import type {Term} from './record.ts'
import {liveTexts, lookInto, placeOf, type Situation} from './situation.ts'
import {brokenTerms, removableTerms} from './tree-nodes.ts'

/** The one record that a domain should publish, tried before it is proposed. */
export interface SpfProposal extends SpfMerge {
  lookups: number
  voids: Voids
  bytes: number
  /** What would still be wrong with it; where that is an error, it must not be published. */
  remaining: readonly Finding[]
}

/** How often a record is tried and amended. */
const rounds = 4

/**
 * Merges what is live with what is stored, then tries the record: terms that break it or that it cannot afford go,
 * sending IPs that it does not cover come in.
 */
export async function proposeSpf(lookup: Lookup, source: RecordSource, now: Situation): Promise<SpfProposal> {
  const {target} = now
  const {domain, expected} = target
  const live = meantTexts(now)
  const useless = new Map<string, string>()
  const wanted = expected !== null && parseRecord(expected).problems.length === 0 ? [expected] : []
  for (let round = 1; ; round += 1) {
    const merge = mergeSpf({domain, live, wanted, useless})
    const tried = await lookInto(lookup, withRecord(source, placeOf(now), merge.record), target)
    const added = addUseless(tried, wanted, useless) + addUncovered(tried, wanted)
    if (added === 0 || round === rounds || tried.survey.isCut) return proposal(merge, tried)
  }
}

/** The live records, or where there is none those that were meant to be one: their senders are the domain's too. */
function meantTexts({survey}: Situation): readonly string[] {
  const live = liveTexts(survey)
  const {answer} = survey.root.published
  return live.length > 0 || answer === null ? live : textsOf(answer).flatMap((text) => meantRecord(text) ?? [])
}

function proposal(merge: SpfMerge, tried: Situation): SpfProposal {
  const {lookups, voids} = tried.tree
  const remaining = assess(tried).filter(({code}) => code !== 'SPF_MISMATCH' && code !== 'SPF_STORED_INVALID')
  return {...merge, lookups, voids, bytes: Buffer.byteLength(merge.record), remaining}
}

/** Notes live terms that must go, or that the limits leave no room for. @returns how many are new */
function addUseless(
  {tree, survey, target}: Situation,
  wanted: readonly string[],
  useless: Map<string, string>,
): number {
  const known = useless.size
  const over = tree.lookups > maxLookups || tree.voids.ipv4 > maxVoids
  const kept = new Set(wanted.flatMap((record) => parseRecord(record).terms).map(key))
  const terms = survey.root.record?.terms ?? []
  for (const {term, why} of [...brokenTerms(tree), ...(over ? removableTerms(tree) : [])]) {
    const found = terms.find(({at}) => at === term.at)
    if (found && !kept.has(key(found))) useless.set(key(found), why)
  }
  return useless.size - known

  function key(term: Term): string {
    return canonicalTerm(term, target.domain)
  }
}

/** Wants the sending IPs that the record tried does not cover. @returns how many are new */
function addUncovered({senders}: Situation, wanted: string[]): number {
  const failing = senders.filter(({verdict}) => ['fail', 'softfail', 'neutral'].includes(verdict.result))
  const records = failing.map(({ip}) => `v=spf1 ${parseIp(ip)?.length === 4 ? 'ip4' : 'ip6'}:${ip}`)
  const fresh = records.filter((record) => !wanted.includes(record))
  wanted.push(...fresh)
  return fresh.length
}
