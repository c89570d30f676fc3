import {afterName, firstPointer, isNameAt, nameAt, pointerAt, Unreadable} from './wire-name.ts'

/** Reads a packet from its front to its back. Whatever reads throws Unreadable. */
export class PacketReader {
  /** Where the next thing begins. */
  at = 0
  readonly #packet: Buffer
  /** The name that was asked for, and where it stands: most names in an answer are that one, or the end of it. */
  #asked = ''
  #askedAt = Number.POSITIVE_INFINITY

  constructor(packet: Buffer) {
    this.#packet = packet
  }

  u8(): number {
    const byte = this.#packet[this.at]
    if (byte === undefined) throw new Unreadable()
    this.at += 1
    return byte
  }

  u16(): number {
    return (this.u8() << 8) | this.u8()
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16()
  }

  /** So many bytes; they stay a part of the packet. */
  bytes(length: number): Buffer {
    const start = this.at
    this.pass(length)
    return this.#packet.subarray(start, this.at)
  }

  /** So many bytes, one character for each. */
  latin1(length: number): string {
    const start = this.at
    this.pass(length)
    return this.#packet.toString('latin1', start, this.at)
  }

  /** Goes on behind so many bytes. */
  pass(length: number): void {
    this.at += length
    if (length < 0 || this.at > this.#packet.length) throw new Unreadable()
  }

  /** Goes on behind the name that was asked for, in whatever case. False where another name comes. */
  passAsked(name: string): boolean {
    if (!isNameAt(this.#packet, this.at, name)) return false
    this.#asked = name
    this.#askedAt = this.at
    this.at = afterName(this.#packet, this.at)
    return true
  }

  /** A name as `nameAt` has it. */
  name(): string {
    const start = this.at
    this.at = afterName(this.#packet, start)
    return this.#endOfAsked(start) ?? nameAt(this.#packet, start)
  }

  /** What a pointer at once leads to, where that is a whole label of the name that was asked for. */
  #endOfAsked(start: number): string | undefined {
    if ((this.#packet[start] ?? 0) < firstPointer) return undefined
    const from = pointerAt(this.#packet, start, start) - this.#askedAt
    if (from === 0) return this.#asked
    return from > 0 && this.#asked[from - 1] === '.' ? this.#asked.slice(from) : undefined
  }
}
