import type {Failed} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {hedge} from '../hedge.ts'
import {isReferral, readReply} from '../resolve/read-reply.ts'
import type {Reply} from '../wire/reply.ts'
import type {Response} from '../wire/response.ts'
import {addressesOf} from './addresses.ts'
import type {Host} from './delegation.ts'

/** Servers of one zone that are tried before it is given up, and addresses of each. */
const [mostHosts, mostAddresses] = [4, 2]

/**
 * Asks the servers of a zone for the name servers of a domain below it, until one answers as the authority, or with a
 * referral.
 */
export function askServers(dns: Dns, hosts: readonly Host[], domain: string): Promise<Reply | Failed> {
  return firstReply(hosts.slice(0, mostHosts).map((host) => () => askHost(dns, host, domain)))
}

async function askHost(dns: Dns, host: Host, domain: string): Promise<Reply | Failed> {
  const {addresses, problem} = await addressesOf(dns, host)
  if (problem?.outcome === 'failed') return problem
  return firstReply(addresses.slice(0, mostAddresses).map((address) => () => askServer(dns, address, domain)))
}

/** Where none replies, how the last failed: the first may only have been the nearest. */
async function firstReply(ways: readonly (() => Promise<Reply | Failed>)[]): Promise<Reply | Failed> {
  const hedged = await hedge(ways, ({outcome}) => outcome === 'reply')
  return 'good' in hedged ? hedged.good : (hedged.bad.at(-1) ?? noAddress)
}

const noAddress: Failed = {
  outcome: 'failed',
  reason: 'unreachable',
  detail: 'none of its name servers has an address that can be reached from here',
  server: null,
  transport: 'udp',
  ms: 0,
}

async function askServer({client, authorityPort}: Dns, address: string, domain: string): Promise<Reply | Failed> {
  const reply = await client.ask({address, port: authorityPort}, {name: domain, type: 'NS', recursion: false})
  if (reply.outcome === 'failed' || isUseful(reply.response)) return reply
  const answer = readReply(reply, domain, 'NS')
  if (answer.outcome === 'failed') return answer
  const {server, transport, ms} = reply
  return {outcome: 'failed', reason: 'lame', detail: 'it is no authority (AA=0)', server, transport, ms}
}

function isUseful(response: Response): boolean {
  return isReferral(response) || (response.authoritative && /^(?:NOERROR|NXDOMAIN)$/.test(response.rcode))
}
