import type {Failed} from '../answer.ts'
import type {Failure, Outcome} from './outcome.ts'
import type {Peer} from './peer.ts'
import type {Question} from './query.ts'
import type {Reply} from './reply.ts'
import type {TcpConnections} from './tcp-connections.ts'
import type {UdpChannels} from './udp-channels.ts'

export type Transport = 'udp' | 'tcp'

/** How long to wait for an answer. */
export interface Patience {
  /** Milliseconds for each datagram that is sent, one after the other. */
  udpMs: readonly number[]
  /** Milliseconds for an answer over TCP, the connection included. */
  tcpMs: number
}

export interface Wires {
  udp: UdpChannels
  tcp: TcpConnections
  patience: Patience
}

/**
 * Puts one question to one server: over UDP; where that stays silent, over UDP again and over TCP at the same time; over
 * TCP where the answer did not fit; and without EDNS where the server does not understand it. What stays silent costs the
 * first wait and the longer of the others, 4.5 s as a rule.
 */
export async function exchange(
  wires: Wires,
  peer: Peer,
  question: Question,
  transport: Transport,
): Promise<Reply | Failed> {
  const asked: Start = {
    server: peer.label,
    role: question.recursion ? 'resolver' : 'authority',
    start: performance.now(),
  }
  if (peer.isDown) return failed(asked, transport, down)
  const [firstMs = 0, ...laterMs] = transport === 'udp' ? wires.patience.udpMs : []
  const first = transport === 'udp' ? await askOverUdp(wires, peer, question, firstMs) : undefined
  if (first && !needsTcp(first)) return conclude(asked, 'udp', peer, first)
  const overTcp = askOverTcp(wires, peer, question)
  const again =
    first && isSilence(first) ? await answerTo(askAgain(wires, peer, question, laterMs), overTcp) : undefined
  return again ? conclude(asked, 'udp', peer, again) : conclude(asked, 'tcp', peer, await overTcp)
}

const down: Failure = {reason: 'timeout', detail: 'it left the last questions unanswered and is not asked for now'}

async function askOverUdp({udp}: Wires, peer: Peer, question: Question, timeoutMs: number): Promise<Outcome> {
  const outcome = await udp.ask(peer.address, {...question, edns: peer.speaksEdns}, timeoutMs)
  if (!peer.speaksEdns || !isPuzzled(outcome)) return outcome
  return learn(peer, udp.ask(peer.address, {...question, edns: false}, timeoutMs))
}

/** The first answer to one of more datagrams, each sent when the one before it was in vain. */
async function askAgain(
  wires: Wires,
  peer: Peer,
  question: Question,
  laterMs: readonly number[],
): Promise<Outcome | undefined> {
  for (const timeoutMs of laterMs) {
    const outcome = await askOverUdp(wires, peer, question, timeoutMs)
    if (!needsTcp(outcome)) return outcome
  }
  return undefined
}

/** What the datagrams bring; undefined as soon as the connection brings an answer, or they brought none. */
async function answerTo(datagrams: Promise<Outcome | undefined>, connection: Promise<Outcome>) {
  const connected = connection.then((outcome) => ('response' in outcome ? undefined : datagrams))
  return Promise.race([datagrams.then((outcome) => outcome ?? connected), connected])
}

async function askOverTcp({tcp, patience}: Wires, peer: Peer, question: Question): Promise<Outcome> {
  const outcome = await tcp.ask(peer.address, {...question, edns: peer.speaksEdns}, patience.tcpMs)
  if (!peer.speaksEdns || !isPuzzled(outcome)) return outcome
  return learn(peer, tcp.ask(peer.address, {...question, edns: false}, patience.tcpMs))
}

/** Remembers that EDNS was what the server did not understand, where it understands the same without. */
async function learn(peer: Peer, withoutEdns: Promise<Outcome>): Promise<Outcome> {
  const outcome = await withoutEdns
  if ('response' in outcome && !isPuzzled(outcome)) peer.speaksEdns = false
  return outcome
}

function isPuzzled(outcome: Outcome): boolean {
  return 'response' in outcome && (outcome.response.rcode === 'FORMERR' || outcome.response.rcode === 'NOTIMP')
}

function isSilence(outcome: Outcome): boolean {
  return 'failure' in outcome && outcome.failure.reason !== 'unreachable'
}

function needsTcp(outcome: Outcome): boolean {
  return 'response' in outcome ? outcome.response.truncated : isSilence(outcome)
}

interface Start {
  server: string
  role: 'authority' | 'resolver'
  start: number
}

function conclude(asked: Start, transport: Transport, peer: Peer, outcome: Outcome): Reply | Failed {
  if ('response' in outcome) {
    peer.answered()
    return {outcome: 'reply', response: outcome.response, ...evidence(asked, transport)}
  }
  if (isSilence(outcome)) peer.wasSilent(asked.role)
  return failed(asked, transport, outcome.failure)
}

function failed(asked: Start, transport: Transport, failure: Failure): Failed {
  return {outcome: 'failed', ...failure, ...evidence(asked, transport)}
}

function evidence({server, start}: Start, transport: Transport) {
  return {server, transport, ms: Math.round(performance.now() - start)}
}
