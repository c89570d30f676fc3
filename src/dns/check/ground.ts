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
import {sourceLookup} from '../delegation/source-lookup.ts'
import {traceDelegation} from '../delegation/trace.ts'
import type {Zone} from '../delegation/zone.ts'
import {Zones} from '../delegation/zones.ts'
import type {Dns} from '../dns.ts'
import {domainOf} from '../domain-name.ts'
import type {Finding} from '../finding.ts'
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
  /** The zone, and others that the check comes to. */
  zones: Zones
  delegation: readonly Finding[]
  drift: readonly Finding[]
}

/** Finds the zone of a domain and its servers. */
export async function findGround(dns: Dns, text: string): Promise<Ground> {
  const domain = domainOf(text)
  const proven = provenLookup(dns)
  const zones = new Zones(dns, proven)
  const none = {domain: domain ?? text, zone: null, nonexistent: null, source: proven, zones, drift: []}
  if (domain === undefined) return {...none, isFirm: false, delegation: [badNameFinding(text)]}
  const delegation = await traceDelegation(dns, domain)
  if (delegation.outcome === 'nonexistent') {
    const finding = await nonexistentFinding(domain, delegation)
    return {...none, isFirm: false, nonexistent: delegation.answer, delegation: [finding]}
  }
  if (delegation.outcome === 'untraceable') {
    const source = withoutProof(dns.lookup)
    const isFirm = !isSilence(delegation)
    return {...none, isFirm, source, delegation: [untraceableFinding(domain, delegation)]}
  }
  const zone = await zones.open(delegation)
  const source = sourceLookup(zone, proven)
  return {...none, isFirm: true, zone, source, delegation: serverFindings(zone), drift: driftFindings(zone)}
}

/** What is wrong with the zones that the check came to beside the domain's own. */
export function otherFindings({zone, zones}: Ground): Pick<Ground, 'delegation' | 'drift'> {
  const others = zones.opened.filter((one) => one !== zone)
  return {delegation: others.flatMap(serverFindings), drift: others.flatMap(driftFindings)}
}

/** Whether already the resolvers kept silent: then they need not be asked for more. */
function isSilence({parent, failure: {reason}}: Untraceable): boolean {
  return parent === null && (reason === 'timeout' || reason === 'unreachable')
}
