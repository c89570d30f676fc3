import type {RevocationStep} from '../../rules/revocation.ts'
import type {JobItem} from './item.ts'

interface Place {
  chunk: Buffer
  start: number
  end: number
}

const chunkBytes = 1 << 20
const newline = 0x0a

/**
 * The items of a plan, packed as the text that a job keeps of them and outside of the heap, so that a hundred thousand of
 * them are held in a tenth of the memory that the objects would take.
 */
export class PackedItems implements Iterable<JobItem> {
  readonly #places: Place[] = []
  #chunk = Buffer.alloc(0)
  #used = 0
  #rows = 0
  readonly #steps = new Map<RevocationStep['step'], number>()

  static of(items: Iterable<JobItem>): PackedItems {
    const packed = new PackedItems()
    for (const item of items) packed.add(item)
    return packed
  }

  /** How many items there are. */
  get length(): number {
    return this.#places.length
  }

  /** How many rows they change, all together. */
  get rows(): number {
    return this.#rows
  }

  /** What is done besides their rows, all together: how often which step. */
  get steps(): ReadonlyMap<RevocationStep['step'], number> {
    return this.#steps
  }

  add(item: JobItem): void {
    const text = `${keyOf(item)}\n${JSON.stringify(item)}`
    const bytes = Buffer.byteLength(text)
    if (this.#used + bytes > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafe(Math.max(chunkBytes, bytes))
      this.#used = 0
    }
    this.#chunk.write(text, this.#used)
    this.#places.push({chunk: this.#chunk, start: this.#used, end: this.#used + bytes})
    this.#used += bytes
    this.#rows += item.rows.length
    for (const {step} of item.besides?.steps ?? []) this.#steps.set(step, (this.#steps.get(step) ?? 0) + 1)
  }

  /** The items in the order they were added. */
  *[Symbol.iterator](): Generator<JobItem> {
    for (const text of this.texts()) yield JSON.parse(text)
  }

  /** The same, each as a line of JSON. */
  *texts(): Generator<string> {
    for (const place of this.#places) yield textAt(place)
  }

  /** The items in the order of their rows' keys, in which whoever else writes them meets them, too; so many a page. */
  *pages(size: number): Generator<{text: string; items: readonly JobItem[]}> {
    const keyed = this.#places.map((place) => ({place, key: keyAt(place)}))
    const sorted = keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({place}) => place)
    for (let at = 0; at < sorted.length; at += size) {
      const text = `[${sorted
        .slice(at, at + size)
        .map(textAt)
        .join(',')}]`
      yield {text, items: JSON.parse(text)}
    }
  }
}

// Before the item's own text, which is not read to compare two of them.
function keyOf({rows: [first]}: JobItem): string {
  return first ? `${first.table} ${Object.values(first.key).join(' ')}` : ''
}

// Byte by byte, since that is how the server compares them.
function keyAt({chunk, start}: Place): string {
  return chunk.toString('latin1', start, chunk.indexOf(newline, start))
}

function textAt({chunk, start, end}: Place): string {
  return chunk.toString('utf8', chunk.indexOf(newline, start) + 1, end)
}
