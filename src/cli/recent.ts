import {createHash} from 'node:crypto'
import {join} from 'node:path'
import {PmError} from '../rules/errors.ts'
import {type Context, describePlace} from './contexts/context.ts'
import {readPrivate, replacePrivate} from './contexts/private-file.ts'

const most = 10

/** A thing whose page was opened. */
export interface Seen {
  /** The command that shows it. */
  words: readonly string[]
  /** What it is called. */
  name: string
}

/** The things whose pages an operator opened last in one place. */
export class Recent {
  readonly #file: string

  constructor(cacheFolder: string, {name, place}: Pick<Context, 'name' | 'place'>) {
    const here = createHash('sha256')
      .update(`${name} ${describePlace(place)}`)
      .digest('hex')
      .slice(0, 16)
    this.#file = join(cacheFolder, `recent-${here}.json`)
  }

  /** The last first; none where they cannot be read. */
  list(): Seen[] {
    try {
      const kept: unknown = JSON.parse(readPrivate(this.#file) ?? '[]')
      return Array.isArray(kept) ? kept.filter(isSeen).slice(0, most) : []
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof PmError) return []
      throw error
    }
  }

  /** Puts one on top. Where that cannot be kept, nothing is lost that somebody would be told about. */
  add(seen: Seen): void {
    const others = this.list().filter(({words}) => words.join('\n') !== seen.words.join('\n'))
    try {
      replacePrivate(this.#file, JSON.stringify([seen, ...others].slice(0, most)))
    } catch (error) {
      if (!(error instanceof PmError)) throw error
    }
  }
}

function isSeen(value: unknown): value is Seen {
  if (typeof value !== 'object' || value === null || !('words' in value) || !('name' in value)) return false
  const {words, name} = value
  return typeof name === 'string' && Array.isArray(words) && words.every((word) => typeof word === 'string')
}
