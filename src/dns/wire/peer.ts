import {type ServerAddress, serverLabel} from './server-address.ts'

/**
 * So many questions in a row without an answer, and the server is taken for down. A resolver is silent too while it waits
 * for servers of others that are: it has to be silent about much more.
 */
const silencesUntilDown = {authority: 3, resolver: 32}

/** How long a server that is down is left alone. */
const restMs = 30_000

/** A server as this run has come to know it. */
export class Peer {
  readonly address: ServerAddress
  readonly label: string
  /** Questions on their way to it. */
  inFlight = 0
  /** It answered an error to EDNS and none without (RFC 6891 §6.2.2). */
  speaksEdns = true
  #silences = 0
  #restUntil = 0

  constructor(address: ServerAddress) {
    this.address = address
    this.label = serverLabel(address)
  }

  /**
   * Whether not to ask at all, because it has been silent: one server that is down must not hold up the check of
   * thousands of domains.
   */
  get isDown(): boolean {
    return this.#restUntil > 0 && performance.now() < this.#restUntil
  }

  answered(): void {
    this.#silences = 0
    this.#restUntil = 0
  }

  /** It gave no answer in all tries of a question, put to it as one of these. */
  wasSilent(role: keyof typeof silencesUntilDown): void {
    this.#silences += 1
    if (this.#silences >= silencesUntilDown[role]) this.#restUntil = performance.now() + restMs
  }
}
