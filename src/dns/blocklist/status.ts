import type {ListResult} from './result.ts'

/** One list in the document: what it said, and why. */
type ListStatus = {status: 'clean'} | {status: 'listed' | 'unknown'; code: string | null; reason: string}

/** The `provider_blacklist_status` document of an address. */
export interface BlocklistStatus {
  /** ISO 8601, UTC. */
  checked_at: string
  /** The zones of the lists it is on. */
  listed: string[]
  /** Every list that was asked, by its zone. */
  lists: Record<string, ListStatus>
}

/** The results of a check, as they are stored with an address. A list that said nothing is `unknown`, never `clean`. */
export function blocklistStatus(results: readonly ListResult[], checkedAt: string): BlocklistStatus {
  const listed = results.filter(({outcome}) => outcome.status === 'listed').map(({list}) => list.zone)
  return {
    checked_at: checkedAt,
    listed,
    lists: Object.fromEntries(results.map((result) => [result.list.zone, statusOf(result)])),
  }
}

function statusOf({outcome, text}: ListResult): ListStatus {
  switch (outcome.status) {
    case 'clean':
      return {status: 'clean'}
    case 'listed': {
      const classes = outcome.listings.map((listing) => listing.class).join(', ')
      return {status: 'listed', code: outcome.codes[0] ?? null, reason: text ?? classes}
    }
    case 'unknown':
      return {status: 'unknown', code: outcome.code, reason: text ?? reasons[outcome.why]}
  }
}

const reasons = {
  blocked: 'Refuses this resolver',
  key: 'Does not take the key',
  typo: 'Does not understand the question',
  rate: 'Was asked too often',
  hijacked: 'Somebody else answered',
  dead: 'Does not work',
  timeout: 'Gave no answer',
  undocumented: 'Answered something it does not document',
} as const
