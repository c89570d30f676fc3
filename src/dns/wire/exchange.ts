import type {Failed, Transport} from '../answer.ts'
import type {OutgoingQuery} from './datagram.ts'
import type {Flight} from './flight.ts'
import {ofBoth} from './of-both.ts'
import {type Failure, isFormatError, isSilence, isUnreachable, isWhole, type Outcome} from './outcome.ts'
import type {Peer, Role} from './peer.ts'
import type {Question} from './query.ts'
import type {Reply} from './reply.ts'
import type {TcpConnections} from './tcp-connections.ts'
import type {UdpChannels} from './udp-channels.ts'

/** How long to wait for an answer. */
export interface Patience {
  /** Milliseconds for each datagram that is sent, one after the other. */
  udpMs: readonly number[]
  /** Milliseconds for an answer over TCP, the connection included. */
  tcpMs: number
}

export interface Wires {
  flight: Flight
  udp: UdpChannels
  tcp: TcpConnections
  patience: Patience
}

/** What to make of what a server said, or did not. */
export type Read<Result> = (reply: Reply | Failed) => Result | Promise<Result>

/** A question on its way to a server, and first of all what its first datagram asks. */
class Errand<Result> implements OutgoingQuery<Result> {
  readonly wires: Wires
  readonly peer: Peer
  readonly question: Question
  readonly edns: boolean
  readonly start = performance.now()
  readonly #read: Read<Result>

  constructor(wires: Wires, peer: Peer, question: Question, read: Read<Result>) {
    this.wires = wires
    this.peer = peer
    this.question = question
    this.edns = peer.speaksEdns
    this.#read = read
  }

  // Nearly all end with the first datagram: they shall cost little.
  read(outcome: Outcome): Result | Promise<Result> {
    if (isFormatError(outcome) || !isWhole(outcome)) return goOn(this, outcome).then(this.#read)
    return this.#read(conclude(this, 'udp', outcome))
  }
}

type OnItsWay = Pick<Errand<unknown>, 'wires' | 'peer' | 'question' | 'edns' | 'start'>

/**
 * Puts one question to one server: over UDP; where that stays silent, over UDP again and over TCP at the same time; over
 * TCP where the answer did not fit; and without EDNS where the server does not understand it. What stays silent costs the
 * first wait and the longer of the others, 4.5 s as a rule. The caller has entered the flight; this leaves it.
 * @param read what to make of the result, here and not behind another promise: there are thousands of questions
 */
export function exchange<Result>(
  wires: Wires,
  peer: Peer,
  question: Question,
  transport: Transport,
  read: Read<Result>,
): Promise<Result> {
  const errand = new Errand(wires, peer, question, read)
  if (peer.isDown) return new Promise((resolve) => resolve(read(end(errand, failed(errand, transport, down)))))
  if (transport === 'tcp') return askOverTcp(errand).then((outcome) => read(conclude(errand, 'tcp', outcome)))
  return wires.udp.ask(peer, errand, wires.patience.udpMs[0] ?? 0)
}

const down: Failure = {reason: 'timeout', detail: 'it left the last questions unanswered and is not asked for now'}

/** @param sent what the first datagram came to */
async function goOn(errand: OnItsWay, sent: Outcome): Promise<Reply | Failed> {
  const [firstMs = 0, ...laterMs] = errand.wires.patience.udpMs
  const first = await understood(errand, sent, errand.edns, firstMs)
  if (isWhole(first) || isUnreachable(first)) return conclude(errand, 'udp', first)
  const overTcp = askOverTcp(errand)
  const overUdp = isSilence(first) ? askAgain(errand, first, laterMs) : Promise.resolve(first)
  const {transport, outcome, isHeard} = await ofBoth(overUdp, overTcp)
  return conclude(errand, transport, outcome, isHeard)
}

function send({wires, peer, question}: OnItsWay, edns: boolean, timeoutMs: number): Promise<Outcome> {
  return wires.udp.ask(peer, {question, edns, start: performance.now(), read: (outcome) => outcome}, timeoutMs)
}

/**
 * What was sent came to, or without EDNS where that was not understood.
 * @param edns whether it was sent with EDNS: another question may have learned since that it must not be
 */
async function understood(errand: OnItsWay, sent: Outcome, edns: boolean, timeoutMs: number): Promise<Outcome> {
  const {peer} = errand
  if (isSilence(sent)) peer.lost(roleOf(errand))
  return edns && isFormatError(sent) ? learn(peer, send(errand, false, timeoutMs)) : sent
}

/** The first answer to one of more datagrams, each sent when the one before it was in vain; or the last silence. */
async function askAgain(errand: OnItsWay, silence: Outcome, laterMs: readonly number[]): Promise<Outcome> {
  let last = silence
  for (const timeoutMs of laterMs) {
    const edns = errand.peer.speaksEdns
    last = await understood(errand, await send(errand, edns, timeoutMs), edns, timeoutMs)
    if (!isSilence(last)) break
  }
  return last
}

async function askOverTcp({wires, peer, question}: OnItsWay): Promise<Outcome> {
  const ask = (edns: boolean) => wires.tcp.ask(peer.address, question, edns, wires.patience.tcpMs)
  const edns = peer.speaksEdns
  const outcome = await ask(edns)
  return edns && isFormatError(outcome) ? learn(peer, ask(false)) : outcome
}

/** Remembers that EDNS was what the server did not understand, where it understands the same without. */
async function learn(peer: Peer, withoutEdns: Promise<Outcome>): Promise<Outcome> {
  const outcome = await withoutEdns
  if ('response' in outcome && !isFormatError(outcome)) peer.speaksEdns = false
  return outcome
}

function roleOf({question}: OnItsWay): Role {
  return question.recursion ? 'resolver' : 'authority'
}

/** @param isHeard whether anything came from the server, also where that is not the outcome */
function conclude(
  errand: OnItsWay,
  transport: Transport,
  outcome: Outcome,
  isHeard = 'response' in outcome,
): Reply | Failed {
  const {peer, start} = errand
  if (isHeard) peer.answered(roleOf(errand))
  else if (isSilence(outcome)) peer.wasSilent(roleOf(errand))
  if ('failure' in outcome) return end(errand, failed(errand, transport, outcome.failure))
  const {response} = outcome
  return end(errand, {outcome: 'reply', response, server: peer.label, transport, ms: msSince(start)})
}

function end({wires, peer}: OnItsWay, result: Reply | Failed): Reply | Failed {
  wires.flight.leave(peer)
  return result
}

function failed({peer, start}: OnItsWay, transport: Transport, {reason, detail}: Failure): Failed {
  return {outcome: 'failed', reason, detail, server: peer.label, transport, ms: msSince(start)}
}

function msSince(start: number): number {
  return Math.round(performance.now() - start)
}
