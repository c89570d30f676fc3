import type {Failed} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {hedge} from '../hedge.ts'
import {readReply} from '../resolve/read-reply.ts'
import type {Reply} from '../wire/reply.ts'
import type {Response} from '../wire/response.ts'
import {addressesOf} from './addresses.ts'
import type {Delegated, Host, ZoneHosts} from './delegation.ts'
import {referralFrom} from './referral.ts'

/** What a server of a zone says of a domain: it refers to a zone below, answers as the authority, or is of no use. */
type Said = Delegated | Reply | Failed

/** Servers of one zone that are tried before it is given up, and addresses of each. */
const [mostHosts, mostAddresses] = [4, 2]

/**
 * Asks the servers of a zone for the name servers of a domain below it, until one knows the domain. That there is no such
 * domain counts only where none of them says otherwise: one may be old, and not have heard of it.
 */
export function askServers(dns: Dns, {zone, hosts}: ZoneHosts, domain: string): Promise<Said> {
  return firstToKnow(hosts.slice(0, mostHosts).map((host) => () => askHost(dns, {zone, host, domain})))
}

interface Way {
  zone: string
  host: Host
  domain: string
}

async function askHost(dns: Dns, way: Way): Promise<Said> {
  const {addresses, problem} = await addressesOf(dns, way.host)
  if (problem?.outcome === 'failed') return problem
  return firstToKnow(addresses.slice(0, mostAddresses).map((address) => () => askServer(dns, address, way)))
}

/** Where none is of use, how the last failed: the first may only have been the nearest. */
async function firstToKnow(ways: readonly (() => Promise<Said>)[]): Promise<Said> {
  const hedged = await hedge(ways, knows)
  if ('good' in hedged) return hedged.good
  return hedged.bad.find(({outcome}) => outcome === 'reply') ?? hedged.bad.at(-1) ?? noAddress
}

function knows(said: Said): boolean {
  return said.outcome === 'reply' ? !isDenial(said.response) : said.outcome === 'delegated'
}

/** An alias is there, even where its target is not. */
function isDenial({rcode, answers}: Response): boolean {
  return rcode === 'NXDOMAIN' && answers.length === 0
}

const noAddress: Failed = {
  outcome: 'failed',
  reason: 'unreachable',
  detail: 'none of its name servers has an address that can be reached from here',
  server: null,
  transport: 'udp',
  ms: 0,
}

async function askServer({client, authorityPort}: Dns, address: string, {zone, domain}: Way): Promise<Said> {
  const reply = await client.ask({address, port: authorityPort}, {name: domain, type: 'NS', recursion: false})
  if (reply.outcome === 'failed') return reply
  const referral = referralFrom(reply.response, zone, domain)
  if (referral || isAuthoritative(reply.response)) return referral ?? reply
  const answer = readReply(reply, domain, 'NS')
  if (answer.outcome === 'failed') return answer
  const {server, transport, ms} = reply
  return {outcome: 'failed', reason: 'lame', detail: 'it is no authority (AA=0)', server, transport, ms}
}

function isAuthoritative({authoritative, rcode}: Response): boolean {
  return authoritative && (rcode === 'NOERROR' || rcode === 'NXDOMAIN')
}
