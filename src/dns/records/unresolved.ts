import type {Answer} from '../answer.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {makeFinding} from '../make-finding.ts'
import type {CheckedRecord} from './check-record.ts'
import {recordKinds} from './kinds.ts'

/**
 * Says once for a domain that no resolver can resolve what its name servers answer. A resolver that validates, and finds the
 * DNSSEC chain broken, answers SERVFAIL (RFC 4035 §5.5), as it does where it fails itself.
 */
export function unresolvedFindings(records: readonly CheckedRecord[]): Finding[] {
  const first = records.find(isUnresolved)
  if (!first) return []
  const others = records.filter(isUnresolved).length - 1
  const {subject, name, type} = first.expectation
  const {resolvers} = first.views
  const more = others === 0 ? '' : ` and ${others} more stored record${others === 1 ? '' : 's'}`
  const message = `No resolver that was asked can resolve ${type} at ${name}${more}, which the name servers answer: ${resolvers.map(({server}) => server).join(' and ')} said SERVFAIL. A broken DNSSEC chain looks like this: a DS in the zone above that matches no key of the zone, or signatures that have expired.`
  return [
    makeFinding(recordKinds, 'REC_RESOLVERS_FAIL', {subject, name, type, message, live: resolvers.map(liveAnswer)}),
  ]
}

/** All must say so: one that fails alone, is silent or refuses proves nothing, nor do all where no name server answers either. */
function isUnresolved({standing, views: {resolvers}}: CheckedRecord): boolean {
  return standing.state !== 'unknown' && resolvers.length > 0 && resolvers.every(isServfail)
}

function isServfail(answer: Answer): boolean {
  return answer.outcome === 'failed' && answer.reason === 'SERVFAIL'
}
