import type {Finding, Level} from '../finding.ts'
import {quote} from '../quote.ts'
import {reportOn} from '../report.ts'
import {type BlocklistCode, blocklistKinds} from './kinds.ts'
import type {Blocklist, Listing} from './lists.ts'
import type {Silence} from './read-answer.ts'
import type {ListResult} from './result.ts'

/** What a list says as a finding; null where it says that all is well. */
export function blocklistFinding(
  target: string,
  {list, outcome, text, live: answer}: ListResult,
  withKey: boolean,
): Finding | null {
  if (outcome.status === 'clean') return null
  const live = [answer]
  // What is asked is a name of the list, so it is about no record of the domain.
  const report = reportOn(blocklistKinds, () => ({subject: list.name, name: target, type: null, live}))
  if (outcome.status === 'listed') {
    const what = outcome.listings.map((listing) => listing.class).join(', ')
    const said = text ? `: ${quote(text)}` : ''
    const message = `${target} is on ${list.name} as ${what} (${outcome.codes.join(', ')})${said}. Have it removed at ${delistUrl(list, target)}`
    return report('BL_LISTED', message, {level: worst(outcome.listings)})
  }
  const {code, sentence} = silences[outcome.why]
  const answered = outcome.code === null ? '' : ` (it answered ${outcome.code})`
  const {server} = answer
  const advice = outcome.why === 'blocked' ? resolverAdvice(list, withKey) : ''
  return report(code, `${list.name} ${sentence(server)}${answered}. ${text ?? 'That is no listing.'}${advice}`)
}

/** Where to have an entry removed. */
function delistUrl({delist}: Blocklist, target: string): string {
  return delist.replace('{}', encodeURIComponent(target))
}

const silences: Readonly<Record<Silence, {code: BlocklistCode; sentence: (server: string) => string}>> = {
  blocked: {code: 'BL_QUERY_BLOCKED', sentence: (server) => `refuses the resolver ${server}`},
  key: {code: 'BL_KEY', sentence: () => 'does not take the key'},
  typo: {code: 'BL_QUERY_TYPO', sentence: () => 'does not understand the question'},
  rate: {code: 'BL_RATE', sentence: (server) => `was asked too often by ${server}`},
  hijacked: {code: 'BL_HIJACK', sentence: (server) => `did not give the answer that came from ${server}`},
  dead: {code: 'BL_DEAD', sentence: () => 'does not work'},
  timeout: {code: 'BL_TIMEOUT', sentence: () => 'gave no answer'},
  undocumented: {code: 'BL_UNDOCUMENTED', sentence: () => 'answered something it does not document'},
}

function resolverAdvice({dqs}: Blocklist, withKey: boolean): string {
  const key = dqs !== undefined && !withKey ? ', or a key for Spamhaus’s Data Query Service' : ''
  return ` Use a resolver of your own${key}.`
}

function worst(listings: readonly Listing[]): Level {
  return (['error', 'warning'] as const).find((level) => listings.some((listing) => listing.level === level)) ?? 'info'
}
