import {plainName} from '../domain-name.ts'
import {effectiveTerms} from './effective-terms.ts'
import type {HostFacts, Voids} from './host-facts.ts'
import {isMechanism, type Term} from './record.ts'
import type {Survey, SurveyedRecord} from './survey.ts'

/** A term that matches every address, with a pass, and the domain whose record it is in. */
export interface OpenTerm {
  text: string
  domain: string
}

/** The first of each record whose pass is a pass of the whole: every include on the way to it has pass too. */
export function openTerms(survey: Survey): OpenTerm[] {
  const open: OpenTerm[] = []
  const reached = new Set([survey.domain])
  // A set goes on to what is added while it is gone through.
  for (const domain of reached) {
    const {record, targets} = survey.records.get(domain) ?? unknown
    const terms = effectiveTerms(record?.terms ?? [])
    const first = terms.find((term) => matchesAll(term, targets.get(term) ?? '', survey))
    if (first) open.push({text: first.text, domain})
    for (const term of terms.filter(handsPassOn)) {
      const target = targets.get(term)
      if (target) reached.add(plainName(target))
    }
  }
  return open
}

/** A record that was not asked for. */
const unknown: Pick<SurveyedRecord, 'record' | 'targets'> = {record: null, targets: new Map()}

/** Whether the pass of another record is a pass of this one (RFC 7208 §5.2, §6.1). */
function handsPassOn(term: Term): boolean {
  return term.name === 'redirect' || (term.name === 'include' && term.qualifier === '+')
}

function matchesAll(term: Term, target: string, {hosts}: Survey): boolean {
  if (!isMechanism(term) || term.qualifier !== '+') return false
  switch (term.name) {
    case 'all':
      return true
    case 'ip4':
    case 'ip6':
      return term.prefix === 0
    case 'a':
    case 'mx': {
      const facts = hosts.get(`${term.name} ${plainName(target)}`)
      return (term.prefix4 === 0 && finds(facts, 'ipv4')) || (term.prefix6 === 0 && finds(facts, 'ipv6'))
    }
    default:
      return false
  }
}

/** Whether there certainly is an address, which with a length of 0 stands for all of them. */
function finds(facts: HostFacts | undefined, family: keyof Voids): boolean {
  return facts !== undefined && facts.unknown === null && facts.voids[family] < (facts.mxHosts ?? 1)
}
