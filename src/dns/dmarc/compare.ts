import {isDmarc, parseDmarc} from './parse-record.ts'
import {type DmarcRecord, nonexistentPolicy, policies, subdomainPolicy} from './record.ts'

/** Something receivers would do differently. */
export interface DmarcDifference {
  tag: 'p' | 'sp' | 'np' | 't' | 'adkim' | 'aspf' | 'psd' | 'rua' | 'ruf'
  /** What is in effect, where a tag is left out its default. */
  live: string
  stored: string
}

export interface DmarcComparison {
  /**
   * `same`: they mean the same. `stricter`, `weaker`: nothing but policies differ, and all in that direction.
   * `differs`: anything else.
   */
  relation: 'same' | 'stricter' | 'weaker' | 'differs'
  differences: readonly DmarcDifference[]
}

/** Compares what two records ask of receivers, not how they are written. A record that is none asks for nothing. */
export function compareDmarc(live: string, stored: string): DmarcComparison {
  if (live === stored) return {relation: 'same', differences: []}
  if (!isDmarc(live) || !isDmarc(stored)) return {relation: 'differs', differences: []}
  const [found, wanted] = [parseDmarc(live), parseDmarc(stored)]
  const differences = [...policyDifferences(found, wanted), ...otherDifferences(found, wanted)]
  const directions = new Set(differences.map(direction))
  const [only = 'same', ...more] = directions
  return {relation: more.length > 0 ? 'differs' : only, differences}
}

function policyDifferences(live: DmarcRecord, stored: DmarcRecord): DmarcDifference[] {
  return (
    [
      ['p', live.p, stored.p],
      ['sp', subdomainPolicy(live), subdomainPolicy(stored)],
      ['np', nonexistentPolicy(live), nonexistentPolicy(stored)],
    ] as const
  ).flatMap(([tag, now, then]) => (now === then ? [] : [{tag, live: now ?? 'nothing', stored: then ?? 'nothing'}]))
}

function otherDifferences(live: DmarcRecord, stored: DmarcRecord): DmarcDifference[] {
  return (
    [
      ['t', live.testing ? 'y' : 'n', stored.testing ? 'y' : 'n'],
      ['adkim', live.adkim, stored.adkim],
      ['aspf', live.aspf, stored.aspf],
      ['psd', live.psd, stored.psd],
      ['rua', addresses(live.rua), addresses(stored.rua)],
      ['ruf', addresses(live.ruf), addresses(stored.ruf)],
    ] as const
  ).flatMap(([tag, now, then]) => (now === then ? [] : [{tag, live: now, stored: then}]))
}

/** The order of addresses says nothing. */
function addresses(uris: DmarcRecord['rua']): string {
  return uris
    .map(({text}) => text.replace(/^mailto:/i, 'mailto:').replace(/@[^!]*/, (at) => at.toLowerCase()))
    .toSorted()
    .join(',')
}

function direction({tag, live, stored}: DmarcDifference): 'stricter' | 'weaker' | 'differs' {
  if (tag !== 'p' && tag !== 'sp' && tag !== 'np') return 'differs'
  return isWeaker(live, stored) ? 'weaker' : 'stricter'
}

/** Whether one effect is weaker than another; that of a record nobody makes anything of is the weakest. */
export function isWeaker(one: string, other: string): boolean {
  const effects: readonly string[] = ['nothing', ...policies]
  return effects.indexOf(one) < effects.indexOf(other)
}
