import {type ServerAddress, serverLabel} from './server-address.ts'
import type {UdpChannel} from './udp-channel.ts'

/** What a server is asked as. A resolver may be silent only because the servers it asks are: it is given more patience. */
export type Role = 'authority' | 'resolver'

/** So many questions in a row without an answer, and the server is taken for down. */
const silencesUntilDown: Readonly<Record<Role, number>> = {authority: 3, resolver: 32}

/** How long a server that is down is left alone. */
const restMs = 30_000

/**
 * How many questions a server gets at once: at first, at the least, and at the most, while none is lost. Public resolvers
 * refuse whom they find too eager.
 */
const window = {first: 64, least: 8, most: {authority: 512, resolver: 192}}

/** A server as this run has come to know it. */
export class Peer {
  readonly address: ServerAddress
  readonly label: string
  /** Its open sockets. */
  channels: UdpChannel[] = []
  /** Questions on their way to it. */
  inFlight = 0
  /** It answered an error to EDNS and none without (RFC 6891 §6.2.2). */
  speaksEdns = true
  #window = window.first
  #silences = 0
  #restUntil = 0

  constructor(address: ServerAddress) {
    this.address = address
    this.label = serverLabel(address)
  }

  /** Whether it can take one more question: the more it has answered, the more it is given at once. */
  get hasRoom(): boolean {
    return this.inFlight < this.#window
  }

  /**
   * Whether not to ask at all, because it has been silent: one server that is down must not hold up the check of
   * thousands of domains.
   */
  get isDown(): boolean {
    return this.#restUntil > 0 && performance.now() < this.#restUntil
  }

  answered(role: Role): void {
    if (this.#window < window.most[role]) this.#window += 1
    this.#silences = 0
    this.#restUntil = 0
  }

  /** A datagram came to nothing: perhaps it was lost because there were too many at once. */
  lost(role: Role): void {
    if (role === 'authority') this.#window = Math.max(window.least, this.#window >> 1)
  }

  /** It gave no answer in all tries of a question. */
  wasSilent(role: Role): void {
    this.#silences += 1
    if (this.#silences >= silencesUntilDown[role]) this.#restUntil = performance.now() + restMs
  }
}
