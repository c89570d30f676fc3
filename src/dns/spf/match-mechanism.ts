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
export function matchMechanism(
  evaluation: Evaluation,
  mechanism: Exclude<Mechanism, Include>,
  domain: string,
): boolean | Promise<boolean> {
  switch (mechanism.name) {
    case 'all':
      return true
    case 'ip4':
    case 'ip6':
      return inNetwork(evaluation.identity.ip, mechanism.network, mechanism.prefix)
    default:
      return matchByAsking(evaluation, mechanism, domain)
  }
}

type Asking = Exclude<Mechanism, {name: 'all' | 'ip4' | 'ip6' | 'include'}>

async function matchByAsking(evaluation: Evaluation, mechanism: Asking, domain: string): Promise<boolean> {
  evaluation.countLookup(mechanism.text)
  const target = await targetOf(evaluation, mechanism.domain, domain)
  switch (mechanism.name) {
    case 'a':
      return matchHost(evaluation, target, mechanism)
    case 'mx':
      return matchMx(evaluation, target, mechanism)
    case 'exists':
      return (await evaluation.ask(target, 'A')).length > 0
    case 'ptr':
      return matchPtr(evaluation, target)
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
