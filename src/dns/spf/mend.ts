import {firstFew} from '../../rules/first-few.ts'
import {plainName} from '../domain-name.ts'
import type {Finding, Fix} from '../finding.ts'
import {quotedStrings} from '../fix.ts'
import {textOf} from '../live-answer.ts'
import {publish} from '../publishing.ts'
import {quote} from '../quote.ts'
import {isWithin} from '../zone-names.ts'
import {maxLookups, maxVoids} from './evaluation.ts'
import {type SpfCode, spfFinding} from './kinds.ts'
import type {SpfProposal} from './proposal.ts'
import {liveTexts, placeOf, type Situation} from './situation.ts'

/** The findings with the fix, or with the reason why there is none. */
export function mended(found: readonly Finding[], situation: Situation, proposal: SpfProposal): Finding[] {
  const {domain} = situation.target
  const live = liveTexts(situation.survey)
  if (live.length === 1 && live[0] === proposal.record) return [...found]
  const stays = new Set(proposal.remaining.map(({message}) => message))
  const against = obstacle(situation, proposal)
  const fix = against ? null : fixFor(situation, proposal)
  const findings = found.map((finding) => {
    if (!isMendable(finding, domain) || stays.has(finding.message) || against?.code === finding.code) return finding
    return {
      ...advised(finding, ...(against?.sentences ?? [...advice(finding.code, live, proposal), ...losses(proposal)])),
      fix,
    }
  })
  return fix === null || proposal.bytes <= 255 ? findings : [...findings, longString(domain, proposal)]
}

/** Whether it goes away when the domain publishes another record. */
export function isMendable({code, name}: Finding, domain: string): boolean {
  return mendableCodes.has(code) && plainName(name) === plainName(domain)
}

/** What another record at the domain can mend. */
const mendableCodes: ReadonlySet<string> = new Set<SpfCode>([
  'SPF_MISSING',
  'SPF_MULTIPLE',
  'SPF_SYNTAX',
  'SPF_MISMATCH',
  'SPF_TOO_MANY_LOOKUPS',
  'SPF_TOO_MANY_VOID',
  'SPF_INCLUDE_MISSING',
  'SPF_LOOP',
  'SPF_IP_NOT_AUTHORISED',
  'SPF_ALL_PASS',
  'SPF_NO_ALL',
  'SPF_AFTER_ALL',
  'SPF_TRAP',
  'SPF_DUP_INCLUDE',
])

function fixFor(situation: Situation, {record}: SpfProposal): Fix {
  return publish(situation.target, {name: placeOf(situation), type: 'TXT', value: record})
}

/** Why the record must not be published, or cannot be. The finding of the same code says it already. */
function obstacle(situation: Situation, {remaining}: SpfProposal): {code: string; sentences: string[]} | null {
  const {domain, zone = domain} = situation.target
  const place = placeOf(situation)
  const error = remaining.find(({level}) => level === 'error')
  if (error) return {code: error.code, sentences: [`Even merged it would not do: ${error.message}`]}
  if (isWithin(plainName(place), plainName(zone))) return null
  return {
    code: '',
    sentences: [`${domain} is an alias of ${place}: its SPF record is there, and not in the zone ${zone}.`],
  }
}

function advised(finding: Finding, ...sentences: string[]): Finding {
  return {...finding, message: [finding.message, ...sentences].join(' ')}
}

/** What to do, and what the new record costs. */
function advice(code: string, live: readonly string[], proposal: SpfProposal): string[] {
  const {record, added, policy} = proposal
  const add = added.length > 0 && live.length > 0 ? [`Add ${added.join(' ')} before ${policy}.`] : []
  switch (code) {
    case 'SPF_MISSING':
      return [cost(proposal)]
    case 'SPF_MULTIPLE':
      return [`Merge them into “${record}”.`, cost(proposal)]
    case 'SPF_MISMATCH':
      return [...add, cost(proposal)]
    case 'SPF_IP_NOT_AUTHORISED':
      return add
    default:
      return []
  }
}

/** What the new record leaves out, said wherever it is offered. */
function losses({unread}: SpfProposal): string[] {
  if (unread.length === 0) return []
  return [
    `The new record leaves out ${firstFew(unread.map((term) => quote(textOf(term))))}: put in what is meant there.`,
  ]
}

/** What lies behind a macro, or could not be asked for, is not in the numbers. */
function cost({lookups, voids, bytes, remaining}: SpfProposal): string {
  const open = remaining.some(({level, code}) => level === 'unknown' || code === 'SPF_DYNAMIC')
  const takes = open ? 'takes at least' : 'takes'
  return `The new record ${takes} ${lookups}/${maxLookups} look-ups and ${voids.ipv4}/${maxVoids} empty ones, and has ${bytes} bytes.`
}

function longString(domain: string, {record, bytes}: SpfProposal): Finding {
  const message = `The record to publish has ${bytes} bytes, and one TXT string holds 255. Split it as ${quotedStrings(record)}.`
  return spfFinding('SPF_LONG_STRING', domain, message, {expected: record})
}
