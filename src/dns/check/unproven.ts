import type {Finding} from '../finding.ts'
import {isWithin} from '../zone-names.ts'

/**
 * What is wrong with a domain none of whose name servers could be found is known from resolvers alone. They may remember
 * old times, so that nothing is concluded from it: it is told as what is not known.
 */
export function unproven<One extends Finding>(finding: One, domain: string): One {
  if (finding.level !== 'error' || !isWithin(finding.name, domain)) return finding
  const message = `${finding.message} So resolvers say; no name server of the domain could be asked.`
  return {...finding, level: 'unknown', message, fix: null}
}
