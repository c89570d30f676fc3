import {isMechanism, type Term} from './record.ts'

/** The terms that can have an effect: nothing after `all`, and no `redirect` beside it (RFC 7208 §5.1). */
export function effectiveTerms(terms: readonly Term[]): Term[] {
  const all = terms.findIndex(({name}) => name === 'all')
  if (all === -1) return [...terms]
  return terms.filter((term, at) => (isMechanism(term) ? at <= all : term.name !== 'redirect'))
}
