import {createHash} from 'node:crypto'

const bits = 2 ** 26
const words = [0, 4, 8, 12, 16, 20, 24, 28]

/**
 * Which ids were seen, in 8 MB however many there are: a Bloom filter. It never forgets one. Of those it never saw it
 * takes some for seen: among a million, one of 40 million; among 200,000 next to none.
 */
export class SeenIds {
  readonly #bytes = new Uint8Array(bits / 8)

  add(id: string): void {
    for (const bit of bitsOf(id)) this.#bytes[bit >>> 3] = this.byteOf(bit) | (1 << (bit & 7))
  }

  has(id: string): boolean {
    return bitsOf(id).every((bit) => (this.byteOf(bit) & (1 << (bit & 7))) !== 0)
  }

  private byteOf(bit: number): number {
    return this.#bytes[bit >>> 3] ?? 0
  }
}

function bitsOf(id: string): number[] {
  const hash = createHash('sha256').update(id).digest()
  return words.map((at) => hash.readUInt32BE(at) % bits)
}
