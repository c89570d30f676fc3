import {plainName} from '../domain-name.ts'
import {inNetwork, parseIp} from '../ip-bytes.ts'
import {isWithin} from '../zone-names.ts'
import type {Evaluation} from './evaluation.ts'
import {expandDomain} from './expand-macros.ts'
import type {DomainSpec, Hosts, Include, Mechanism} from './record.ts'
import {Undecided} from './verdict.ts'

/** MX hosts that may be looked at; more are a permerror (RFC 7208 §4.6.4). */
export const maxMxHosts = 10

/**
 * Whether a mechanism in the record of `domain` matches the sender (RFC 7208 §5). An include is another evaluation.
 * @throws Undecided
 */
export async function matchMechanism(
  evaluation: Evaluation,
  mechanism: Exclude<Mechanism, Include>,
  domain: string,
): Promise<boolean> {
  const {ip} = evaluation.identity
  switch (mechanism.name) {
    case 'all':
      return true
    case 'ip4':
    case 'ip6':
      return inNetwork(ip, mechanism.network, mechanism.prefix)
    case 'a':
      evaluation.countLookup(mechanism.text)
      return matchHost(evaluation, await targetOf(evaluation, mechanism.domain, domain), mechanism)
    case 'mx':
      evaluation.countLookup(mechanism.text)
      return matchMx(evaluation, await targetOf(evaluation, mechanism.domain, domain), mechanism)
    case 'exists':
      evaluation.countLookup(mechanism.text)
      return (await evaluation.ask(await targetOf(evaluation, mechanism.domain, domain), 'A')).length > 0
    case 'ptr':
      evaluation.countLookup(mechanism.text)
      return matchPtr(evaluation, await targetOf(evaluation, mechanism.domain, domain))
  }
}

/** The name a term is about: its own, or the domain the record is at. */
export async function targetOf(evaluation: Evaluation, spec: DomainSpec | null, domain: string): Promise<string> {
  return spec === null ? domain : expandDomain(spec, await evaluation.macros(spec.parts, domain))
}

async function matchHost(evaluation: Evaluation, host: string, {prefix4, prefix6}: Hosts): Promise<boolean> {
  const {ip} = evaluation.identity
  const [type, prefix] = ip.length === 4 ? (['A', prefix4] as const) : (['AAAA', prefix6] as const)
  const addresses = await evaluation.ask(host, type)
  return addresses.map(parseIp).some((address) => address !== null && inNetwork(ip, address, prefix))
}

async function matchMx(evaluation: Evaluation, domain: string, mechanism: Hosts): Promise<boolean> {
  const hosts = (await evaluation.ask(domain, 'MX')).sort((a, b) => a.preference - b.preference)
  if (hosts.length > maxMxHosts) {
    throw new Undecided('permerror', `${domain} has ${hosts.length} MX records; “mx” may look at ${maxMxHosts}.`)
  }
  for (const {exchange} of hosts) {
    if (await matchHost(evaluation, exchange.replace(/\.$/, ''), mechanism)) return true
  }
  return false
}

async function matchPtr(evaluation: Evaluation, target: string): Promise<boolean> {
  const names = await evaluation.names()
  return names.some((name) => isWithin(plainName(name), plainName(target)))
}
