import type {RevocationStep} from '../../rules/revocation.ts'
import {completed, likeness, ownPart} from './alike.ts'
import type {JobItem} from './item.ts'

interface Place {
  chunk: Buffer
  start: number
  end: number
  /** The number of its likeness. */
  like: number
}

/** Some items as a job keeps them. */
export interface PackedPage {
  /** JSON, for `readPage`. */
  text: string
  /** What the items touch, as a list in JSON; what several do stands there several times. */
  targets: string
  size: number
}

const chunkBytes = 1 << 20
const newline = 0x0a
// Where more differ, they differ each from all others, and to keep what they have in common saves nothing.
const mostLikenesses = 1_000
const none = -1

/**
 * The items of a plan, packed as the text that a job keeps of them and outside of the heap, so that a hundred thousand of
 * them are held in a tenth of the memory that the objects would take.
 */
export class PackedItems implements Iterable<JobItem> {
  readonly #places: Place[] = []
  #chunk = Buffer.alloc(0)
  #used = 0
  #rows = 0
  readonly #likenesses = new Map<string, number>()
  /** Of each likeness. */
  readonly #firsts: JobItem[] = []
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
    const like = this.#likeOf(item)
    const {targets, ...own} = like === none ? item : ownPart(item)
    this.#write([keyOf(item), JSON.stringify(targets), JSON.stringify(own)].join('\n'), like)
    this.#rows += item.rows.length
    for (const {step} of item.besides?.steps ?? []) this.#steps.set(step, (this.#steps.get(step) ?? 0) + 1)
  }

  #likeOf(item: JobItem): number {
    const likeness_ = likeness(item)
    const known = this.#likenesses.get(likeness_)
    if (known !== undefined) return known
    if (this.#firsts.length === mostLikenesses) return none
    this.#likenesses.set(likeness_, this.#firsts.length)
    return this.#firsts.push(item) - 1
  }

  #write(text: string, like: number): void {
    const bytes = Buffer.byteLength(text)
    if (this.#used + bytes > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafe(Math.max(chunkBytes, bytes))
      this.#used = 0
    }
    this.#chunk.write(text, this.#used)
    this.#places.push({chunk: this.#chunk, start: this.#used, end: this.#used + bytes, like})
    this.#used += bytes
  }

  /** The items in the order they were added. */
  *[Symbol.iterator](): Generator<JobItem> {
    for (const place of this.#places) yield this.#itemAt(place)
  }

  /** The items in the order of their rows' keys, in which whoever else writes them meets them, too; so many a page. */
  *pages(size: number): Generator<PackedPage> {
    const keyed = this.#places.map((place) => ({place, key: keyAt(place)}))
    const sorted = keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({place}) => place)
    for (let at = 0; at < sorted.length; at += size) yield this.#page(sorted.slice(at, at + size))
  }

  #page(places: readonly Place[]): PackedPage {
    const targets: string[] = []
    const firsts = new Map<number, number>()
    const texts = places.map((place, n) => {
      const {touched, own} = textsAt(place)
      if (touched !== '[]') targets.push(touched.slice(1, -1))
      const first = firsts.get(place.like)
      if (first !== undefined) return `{"like":${first},"targets":${touched},${own.slice(1)}`
      if (place.like !== none) firsts.set(place.like, n)
      return JSON.stringify(this.#itemAt(place))
    })
    return {text: `[${texts.join(',')}]`, targets: `[${targets.join(',')}]`, size: places.length}
  }

  #itemAt(place: Place): JobItem {
    const {touched, own} = textsAt(place)
    const item = {...JSON.parse(own), targets: JSON.parse(touched)}
    const first = this.#firsts[place.like]
    return first ? completed(item, first) : item
  }
}

// A line before the item's own text, which is not read to compare two of them.
function keyOf({rows: [first]}: JobItem): string {
  return first ? `${first.table} ${Object.values(first.key).join(' ')}`.replaceAll('\n', ' ') : ''
}

// Byte by byte, since that is how the server compares them.
function keyAt({chunk, start}: Place): string {
  return chunk.toString('latin1', start, chunk.indexOf(newline, start))
}

/** As JSON: what the item touches, and what else it has for itself. */
function textsAt({chunk, start, end}: Place): {touched: string; own: string} {
  const [, touched = '', own = ''] = chunk.toString('utf8', start, end).split('\n')
  return {touched, own}
}
