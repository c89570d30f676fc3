import {createSocket, type Socket} from 'node:dgram'
import type {Batch} from './batch.ts'
import {Datagram, type OutgoingQuery, type Waiting} from './datagram.ts'
import {malformed, type Outcome, timedOut, unreachable} from './outcome.ts'
import {encodeQuery, randomId} from './query.ts'
import {idOf, readResponse} from './response.ts'
import type {ServerAddress} from './server-address.ts'

/** What all channels of a client do together. */
export interface Batches {
  /** Reading what has come in, once all that waits in the sockets is there. */
  arrivals: Batch
  /** Sending, once nothing more can be made of what came in: a server that sleeps is woken once for all. */
  departures: Batch
}

/**
 * A socket connected to one server, for several questions at once. The system gives it a random port, takes packets from
 * that server only, and tells when nobody listens there.
 */
export class UdpChannel {
  /** How many questions it has carried. */
  carried = 0
  readonly #waiting = new Map<number, Waiting>()
  readonly #socket: Socket
  readonly #batches: Batches
  readonly #onIdle: (channel: UdpChannel) => void
  // That nobody listens may be told by the next sending and nowhere else, so sendings are watched until the server has
  // answered once; after that it would double what a sending takes.
  readonly #onSent = (error: Error | null) => {
    if (error) this.#fail(error)
  }
  /** What came in and is to be read, and what is to be sent. */
  #arrived: Buffer[] = []
  #departing: Buffer[] = []
  readonly #readArrived = () => this.#receiveAll()
  readonly #sendDeparting = () => this.#departAll()
  #isOpen = false
  /** Whether something came from the server. */
  #isHeard = false
  /** For the first deadline of all who wait. */
  #timer: NodeJS.Timeout | undefined
  #wake = Number.POSITIVE_INFINITY
  #failed = false
  #closed = false

  /** @param onIdle called whenever nobody waits any more */
  constructor(server: ServerAddress, batches: Batches, onIdle: (channel: UdpChannel) => void) {
    this.#batches = batches
    this.#onIdle = onIdle
    this.#socket = createSocket(server.address.includes(':') ? 'udp6' : 'udp4')
    this.#socket.on('message', (packet) => {
      if (this.#arrived.push(packet) === 1) batches.arrivals.add(this.#readArrived)
    })
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('connect', () => this.#open())
    this.#socket.connect(server.port, server.address)
    // Whoever waits has a timer; a socket nobody waits for must not keep the process.
    this.#socket.unref()
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** Whether it takes no more questions, because the socket failed. */
  get failed(): boolean {
    return this.#failed
  }

  /** Sends the question once and waits for what answers it; whatever else comes in is ignored. */
  ask<Result>(asked: OutgoingQuery<Result>, timeoutMs: number): Promise<Result> {
    const id = this.#freeId()
    this.carried += 1
    const {promise, resolve, reject} = Promise.withResolvers<Result>()
    const sent = new Datagram(asked, timeoutMs, resolve, reject)
    this.#waiting.set(id, sent)
    this.#wakeAt(sent.deadline)
    this.#send(encodeQuery(id, asked.question, asked.edns))
    return promise
  }

  /** Closes the socket; whoever still waits is rejected with the reason. */
  close(reason: unknown): void {
    for (const {reject} of this.#waiting.values()) reject(reason)
    this.#waiting.clear()
    this.#sleep()
    if (this.#closed) return
    this.#closed = true
    this.#socket.close()
  }

  #freeId(): number {
    let id = randomId()
    while (this.#waiting.has(id)) id = randomId()
    return id
  }

  #send(packet: Buffer): void {
    if (this.#departing.push(packet) === 1 && this.#isOpen) this.#batches.departures.add(this.#sendDeparting)
  }

  #open(): void {
    this.#isOpen = true
    this.#departAll()
  }

  #departAll(): void {
    const packets = this.#departing
    this.#departing = []
    const onSent = this.#isHeard ? undefined : this.#onSent
    for (const packet of packets) if (!this.#closed) this.#socket.send(packet, onSent)
  }

  #receiveAll(): void {
    const packets = this.#arrived
    this.#arrived = []
    this.#isHeard = true
    for (const packet of packets) this.#receive(packet)
  }

  #receive(packet: Buffer): void {
    const id = idOf(packet) ?? -1
    const sent = this.#waiting.get(id)
    if (!sent) return
    const response = readResponse(packet, sent.asked.question)
    if (response) this.#settle(id, sent, {response})
    else sent.gotRubbish = true
  }

  #wakeAt(deadline: number): void {
    if (deadline >= this.#wake) {
      this.#timer?.ref()
      return
    }
    this.#sleep()
    this.#wake = deadline
    // When the process was busy, the answer may lie in the buffer of the socket: it is fetched before immediates run.
    this.#timer = setTimeout(() => setImmediate(() => this.#expire()), Math.max(1, deadline - performance.now()))
  }

  #sleep(): void {
    clearTimeout(this.#timer)
    this.#wake = Number.POSITIVE_INFINITY
  }

  #expire(): void {
    this.#sleep()
    this.#batches.arrivals.runNow()
    const now = performance.now()
    for (const [id, sent] of [...this.#waiting]) {
      if (sent.deadline > now) this.#wakeAt(sent.deadline)
      else this.#settle(id, sent, sent.gotRubbish ? rubbish : timedOut(sent.timeoutMs))
    }
  }

  #fail(error: Error): void {
    this.#failed = true
    if (this.#waiting.size === 0) this.#onIdle(this)
    for (const [id, sent] of [...this.#waiting]) this.#settle(id, sent, unreachable(error))
  }

  #settle(id: number, sent: Waiting, outcome: Outcome): void {
    this.#waiting.delete(id)
    sent.settle(outcome)
    if (this.#waiting.size > 0) return
    // Mostly somebody asks soon, and the timer is good for that one too.
    this.#timer?.unref()
    this.#onIdle(this)
  }
}

const rubbish = malformed('what came cannot be read, or answers another question')
