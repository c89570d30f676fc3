import type {Absent, Lookup} from '../answer.ts'
import type {Untraceable} from '../delegation/delegation.ts'
import {
  badNameFinding,
  driftFindings,
  nonexistentFinding,
  serverFindings,
  untraceableFinding,
} from '../delegation/findings.ts'
import {provenLookup} from '../delegation/proven-lookup.ts'
import {delegatedLookup, sourceLookup} from '../delegation/source-lookup.ts'
import {traceDelegation} from '../delegation/trace.ts'
import {openZone, type Zone} from '../delegation/zone.ts'
import type {Dns} from '../dns.ts'
import {domainOf} from '../domain-name.ts'
import type {Finding} from '../finding.ts'
import {askedOnce} from '../resolve/asked-once.ts'
import {withoutProof} from '../resolve/without-proof.ts'

/** What a check of a domain stands on: where its records can be asked for. */
export interface Ground {
  /** As DNS has it. */
  domain: string
  zone: Zone | null
  /** Proof that there is no such domain; then there is nothing to ask for. */
  nonexistent: Absent | null
  /** Whether there is anything that can be asked: no where there is no such domain, or no resolver answers. */
  isFirm: boolean
  /** Asks the zone's servers for what is in the zone, and resolvers for everything else; what is absent there is proven. */
  source: Lookup
  /** For names in zones that were given to other servers. */
  elsewhere: Lookup
  delegation: readonly Finding[]
  drift: readonly Finding[]
}

/** Finds the zone of a domain and its servers. */
export async function findGround(dns: Dns, text: string): Promise<Ground> {
  const domain = domainOf(text)
  const proven = provenLookup(dns)
  const elsewhere = askedOnce(delegatedLookup(dns, proven))
  const none = {domain: domain ?? text, zone: null, nonexistent: null, source: proven, elsewhere, drift: []}
  if (domain === undefined) return {...none, isFirm: false, delegation: [badNameFinding(text)]}
  const delegation = await traceDelegation(dns, domain)
  if (delegation.outcome === 'nonexistent') {
    const finding = await nonexistentFinding(domain, delegation)
    return {...none, isFirm: false, nonexistent: delegation.answer, delegation: [finding]}
  }
  if (delegation.outcome === 'untraceable') {
    const source = withoutProof(dns.lookup)
    const isFirm = !isSilence(delegation)
    return {...none, isFirm, source, elsewhere: source, delegation: [untraceableFinding(domain, delegation)]}
  }
  const below = askedOnce(delegatedLookup(dns, proven, {referrer: delegation.zone}))
  const zone = askedOnceEach(await openZone({...dns, lookup: proven}, delegation, {below, beyond: proven}))
  const source = sourceLookup(zone, proven)
  return {...none, isFirm: true, zone, source, delegation: serverFindings(zone), drift: driftFindings(zone)}
}

/** Puts each question to each server once. */
function askedOnceEach(zone: Zone): Zone {
  const authorities = zone.authorities.map((authority) => ({...authority, lookup: askedOnce(authority.lookup)}))
  return {...zone, authorities}
}

/** Whether already the resolvers kept silent: then they need not be asked for more. */
function isSilence({parent, failure: {reason}}: Untraceable): boolean {
  return parent === null && (reason === 'timeout' || reason === 'unreachable')
}
