import {createHash} from 'node:crypto'
import {statSync} from 'node:fs'
import {join} from 'node:path'
import type {Noun} from '../../rules/nouns.ts'
import type {Context} from '../contexts/context.ts'
import {describePlace} from '../contexts/context.ts'
import {createPrivate, readPrivate, replacePrivate} from '../contexts/private-file.ts'
import type {Candidate, Names} from './known.ts'

/** The names of a kind of thing that begin so, when they were read. */
export interface NameSet {
  beginning: string
  /** Milliseconds since the epoch. */
  read: number
  isWhole: boolean
  names: readonly Candidate[]
}

const mostSets = 20
// Whoever asks for names does so within this time, or has ended.
const askingMs = 15_000

/**
 * The names that an operator may complete in one place, in the cache folder: a file for each kind of thing, which only
 * its owner may read. In another place, or as somebody else, there are other names.
 */
export class NameCache {
  readonly #folder: string

  constructor(cacheFolder: string, {name, place, identity}: Pick<Context, 'name' | 'place' | 'identity'>) {
    const who = place.type === 'sandbox' ? [place.folder, place.login] : [describePlace(place), place.server.user]
    const key = createHash('sha256').update(JSON.stringify([name, ...who, identity]))
    this.#folder = join(cacheFolder, 'names', key.digest('hex').slice(0, 32))
  }

  /** What is known of names that begin as typed, and when it was read; undefined where nothing is. */
  find(noun: Noun, typed: string): (Names & Pick<NameSet, 'beginning' | 'read'>) | undefined {
    const wanted = typed.toLowerCase()
    const fitting = this.#sets(noun).filter(({beginning}) => wanted.startsWith(beginning))
    const [closest] = fitting.toSorted((one, other) => other.beginning.length - one.beginning.length)
    return closest && {...closest, candidates: closest.names}
  }

  /** Keeps the names of a kind; of the sets that were kept before, the newest and that of all names stay. */
  keep(noun: Noun, set: NameSet): void {
    const beginning = set.beginning.toLowerCase()
    const others = this.#sets(noun).filter((known) => known.beginning !== beginning)
    const [all, some] = [others.filter(isOfAll), others.filter((known) => !isOfAll(known))]
    replacePrivate(this.#file(noun), JSON.stringify([{...set, beginning}, ...all, ...some].slice(0, mostSets)))
  }

  /** Forgets a kind of names, as when the operator may not see them any more. */
  forget(noun: Noun): void {
    if (this.#sets(noun).length > 0) replacePrivate(this.#file(noun), '[]')
  }

  /** Whether the caller is the one to read names anew: false while another process does, or has just tried to. */
  claim(what: string): boolean {
    const file = join(this.#folder, `.asking-${createHash('sha256').update(what).digest('hex').slice(0, 16)}`)
    const asked = statSync(file, {throwIfNoEntry: false})?.mtimeMs
    if (asked !== undefined && Date.now() - asked < askingMs) return false
    if (asked === undefined) return createPrivate(file, '')
    replacePrivate(file, '')
    return true
  }

  #sets(noun: Noun): NameSet[] {
    try {
      const sets: unknown = JSON.parse(readPrivate(this.#file(noun)) ?? '[]')
      return Array.isArray(sets) ? sets : []
    } catch {
      // Damaged, or readable by others: it is only a cache, and is written anew.
      return []
    }
  }

  #file(noun: Noun): string {
    return join(this.#folder, `${noun.toLowerCase().replaceAll(' ', '-')}.json`)
  }
}

function isOfAll({beginning}: NameSet): boolean {
  return beginning === ''
}
