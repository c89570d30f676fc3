import type {Failed, Lookup} from '../answer.ts'
import type {RecordSource} from './published.ts'

/** Where a survey or an evaluation learns what it needs. */
export interface Sources {
  lookup: Lookup
  records: RecordSource
}

/** How long a survey or an evaluation may ask: RFC 7208 §4.6.4 wants a limit of at least 20 s. */
const longestMs = 20_000

interface LimitedSources extends Sources {
  /** Whether there was something that was not asked any more. */
  isCut: () => boolean
}

/** The same sources for 20 s from now. Then nothing is asked any more, and whatever was not yet asked is not known. */
export function limitedInTime({lookup, records}: Sources): LimitedSources {
  const end = performance.now() + longestMs
  let isCut = false
  const isOver = () => {
    isCut ||= performance.now() >= end
    return isCut
  }
  return {
    isCut: () => isCut,
    lookup: (name, type) => (isOver() ? Promise.resolve(tooLate) : lookup(name, type)),
    records: (domain) =>
      isOver() ? Promise.resolve({outcome: 'unknown', answer: tooLate, reason: tooLate.detail}) : records(domain),
  }
}

const tooLate: Failed = {
  outcome: 'failed',
  reason: 'timeout',
  detail: `the questions for SPF had already taken ${longestMs / 1_000} s`,
  server: null,
  transport: 'udp',
  ms: 0,
}
