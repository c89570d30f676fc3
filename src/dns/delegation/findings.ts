import {isIP} from 'node:net'
import type {Answer, Failed} from '../answer.ts'
import {suffixOrganisation} from '../dmarc/organisation.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {makeFinding} from '../make-finding.ts'
import {isWithin} from '../zone-names.ts'
import type {Nonexistent, Untraceable} from './delegation.ts'
import {delegationKinds} from './kinds.ts'
import {listingFindings} from './listing-findings.ts'
import {type Authority, aliasAtApex, isAuthority, type Zone} from './zone.ts'

/** What is stored is no name that DNS could hold. */
export function badNameFinding(domain: string): Finding {
  return makeFinding(delegationKinds, 'DNS_BAD_NAME', {
    subject: domain,
    name: domain,
    message:
      isIP(domain) === 0
        ? `“${domain}” is not a domain name.`
        : `${domain} is an IP address, and no domain. To look at it: pm ip check ${domain}`,
  })
}

/** Nothing else can be checked: the zone above does not know the domain. */
export async function nonexistentFinding(domain: string, {parent, answer}: Nonexistent): Promise<Finding> {
  const advice = await adviceFor(domain, parent)
  return makeFinding(delegationKinds, 'DNS_DOMAIN_NXDOMAIN', {
    subject: domain,
    name: domain,
    message: `${domain} does not exist at the ${parent === '.' ? 'root' : parent} servers. ${advice}; nothing else can be checked.`,
    live: [liveAnswer(answer)],
  })
}

async function adviceFor(domain: string, parent: string): Promise<string> {
  const organisation = await suffixOrganisation(domain)
  if (organisation === null) return 'Nobody can register such a name: see how it is spelled'
  if (organisation === domain) return 'Register or renew it'
  if (isWithin(parent, organisation)) return `Publish its records in the zone ${parent}`
  return `Register or renew ${organisation}, or publish its records in the zone ${parent}`
}

export function untraceableFinding(domain: string, {parent, failure}: Untraceable): Finding {
  const whom = parent === null ? 'The zone above it' : `The servers of ${parent === '.' ? 'the root' : parent}`
  return makeFinding(delegationKinds, 'DNS_DELEGATION_UNKNOWN', {
    subject: domain,
    name: domain,
    cause_of: [...unknownCodes, 'SPF_MISSING'],
    message: `The name servers of ${domain} could not be found. ${whom} could not be asked: ${toldBy(failure)}.`,
    live: [liveAnswer(failure)],
  })
}

/** What is wrong with the servers of a zone. Where none of them can be asked, that explains all that is unknown. */
export function serverFindings(zone: Zone): Finding[] {
  const broken = zone.servers.filter((server) => !isAuthority(server))
  const findings = [
    ...zone.lost.map((lost) => lostFinding(zone, lost)),
    ...broken.map((server) => serverFinding(zone, server)),
    ...unreachableFinding(zone),
    ...listingFindings(zone),
  ]
  return zone.authorities.length > 0 ? findings : findings.map((finding) => ({...finding, cause_of: unknownCodes}))
}

const unknownCodes = ['REC_UNKNOWN', 'SPF_UNKNOWN']

/** `192.0.2.53: it answered SERVFAIL`: who failed, and how. */
function toldBy({server, detail}: Failed): string {
  return server === null ? detail : `${server}: ${detail}`
}

function unreachableFinding({name, servers, lost}: Zone): Finding[] {
  if (servers.length + lost.length > 0) return []
  const message = `The name servers of ${name} have only IPv6 addresses, and this machine has no IPv6. Ask from one that has.`
  return [makeFinding(delegationKinds, 'NS_IPV6_ONLY', {subject: 'NS', name, type: 'NS', message})]
}

function lostFinding(zone: Zone, {host, answer}: Zone['lost'][number]): Finding {
  const unknown = answer.outcome === 'failed'
  const what = unknown
    ? `the address of ${host} could not be asked for: ${toldBy(answer)}`
    : `${host} has no address (${answer.rcode})`
  return makeFinding(delegationKinds, 'NS_UNRESOLVABLE', {
    ...(unknown && {level: 'unknown'}),
    subject: `NS ${host}`,
    name: zone.name,
    type: 'NS',
    message: `${zone.name} has a name server that nobody can ask: ${what}.`,
    live: [liveAnswer(answer)],
  })
}

function serverFinding(zone: Zone, server: Authority): Finding {
  const {host, label, soa} = server
  const alias = aliasAtApex(server)
  const [code, what] = alias === undefined ? verdictOn(zone.name, soa) : apexAlias(zone.name, alias)
  return makeFinding(delegationKinds, code, {
    subject: `NS ${host}`,
    name: zone.name,
    type: 'SOA',
    message: `${host} (${label}) is a name server of ${zone.name}, but ${what}.`,
    live: [liveAnswer(soa)],
  })
}

type Verdict = [code: 'NS_APEX_CNAME' | 'NS_LAME' | 'NS_TIMEOUT' | 'NS_SERVFAIL', what: string]

function apexAlias(zone: string, alias: string): Verdict {
  const mend = 'Remove the CNAME; what its target has, such as addresses, can be published in its place'
  return ['NS_APEX_CNAME', `has a CNAME at ${zone} itself, to ${alias}, where the zone has its SOA and NS. ${mend}`]
}

function verdictOn(zone: string, soa: Answer<'SOA'>): Verdict {
  if (soa.outcome !== 'failed') return ['NS_LAME', `says that there is no zone ${zone}`]
  switch (soa.reason) {
    case 'timeout':
      return ['NS_TIMEOUT', `gave no answer in ${soa.ms} ms over UDP and TCP`]
    case 'unreachable':
    case 'malformed':
      return ['NS_TIMEOUT', `cannot be asked: ${soa.detail}`]
    case 'SERVFAIL':
      return ['NS_SERVFAIL', 'answers SERVFAIL']
    default:
      return ['NS_LAME', `does not know the zone: ${soa.detail}. Mail checks through it fail`]
  }
}

/** What is wrong between the versions of the zone. */
export function driftFindings({name, authorities}: Zone): Finding[] {
  const serials = authorities.flatMap(({host, label, soa}) =>
    soa.outcome === 'found' ? soa.records.map(({data}) => ({who: `${host} (${label})`, serial: data.serial})) : [],
  )
  if (new Set(serials.map(({serial}) => serial)).size < 2) return []
  const list = serials.map(({who, serial}) => `${who} has ${serial}`).join(', ')
  return [
    makeFinding(delegationKinds, 'SOA_SERIAL_DRIFT', {
      subject: 'SOA',
      name,
      type: 'SOA',
      message: `The name servers of ${name} have different serials: ${list}. Some have not picked up the last change.`,
      live: authorities.map(({soa}) => liveAnswer(soa)),
    }),
  ]
}
