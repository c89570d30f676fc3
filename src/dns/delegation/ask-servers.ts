import type {Failed} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {isReferral, readReply} from '../resolve/read-reply.ts'
import type {Reply} from '../wire/reply.ts'
import type {Response} from '../wire/response.ts'
import {addressesOf} from './addresses.ts'
import type {Host} from './delegation.ts'

/** Servers of one zone that are tried before it is given up. */
const mostTries = 4

/**
 * Asks the servers of a zone for the name servers of a domain below it, one after the other, until one answers as the
 * authority, or with a referral.
 */
export async function askServers(dns: Dns, hosts: readonly Host[], domain: string): Promise<Reply | Failed> {
  let failure = noAddress
  let tries = 0
  for await (const address of addresses(dns, hosts)) {
    if (typeof address === 'string') tries += 1
    const reply = typeof address === 'string' ? await askServer(dns, address, domain) : address
    if (reply.outcome === 'reply') return reply
    failure = reply
    if (tries >= mostTries) break
  }
  return failure
}

/** Each address, looked up when it is needed; in its place the failure, where it cannot be learned. */
async function* addresses(dns: Dns, hosts: readonly Host[]): AsyncGenerator<string | Failed> {
  for (const host of hosts) {
    const {addresses, problem} = await addressesOf(dns, host)
    if (problem?.outcome === 'failed') yield problem
    yield* addresses
  }
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
