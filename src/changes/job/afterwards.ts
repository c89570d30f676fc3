import {type Reader, readForWrite, type Session} from '../../db/transaction.ts'
import {streamChangedWithBesides} from '../../queries/job/besides.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {PartlyDone} from '../../rules/errors.ts'
import {partly} from '../partly.ts'
import {counted} from '../wording.ts'
import {readSome} from './alike.ts'
import {deeds, mayDoMore} from './deeds.ts'
import type {JobItem} from './item.ts'
import {patiently} from './patience.ts'

/** What a run of a job does once items are committed, since no rollback takes it back: it ends sessions. */
export class Afterwards {
  readonly #session: Session
  readonly #job: FoundJob
  readonly #done = new Set<string>()
  #logins = 0
  #sessions = 0

  constructor(session: Session, job: FoundJob) {
    this.#session = session
    this.#job = job
  }

  /** For items that were just committed. Of whom it was not possible, `finish` tries it once more. */
  async of(items: readonly JobItem[]): Promise<void> {
    for (const item of items) await this.#attempt(item)
  }

  /**
   * For all items of the job that were changed, also those of a run that was killed before it came to this. Returns what
   * of it was not possible.
   */
  async finish(): Promise<PartlyDone | undefined> {
    const {id, permission} = this.#job
    if (!mayDoMore(permission)) return undefined
    const items = await patiently(() => readForWrite(this.#session, permission, (db) => changedWithBesides(db, id)))
    const left: PartlyDone[] = []
    for (const item of items) left.push(...(await this.#attempt(item)))
    return left.length > 0 ? partly([], left) : undefined
  }

  /** What was done, in a sentence; undefined where nothing was to do. */
  get told(): string | undefined {
    if (this.#sessions === 0) return undefined
    return `Ended ${counted(this.#sessions, 'session')} of ${counted(this.#logins, 'login')}.`
  }

  async #attempt({target, besides}: JobItem): Promise<PartlyDone[]> {
    if (!besides || this.#done.has(target)) return []
    try {
      const ended = await deeds[besides.does].afterwards(this.#session, besides.steps)
      this.#done.add(target)
      this.#sessions += ended
      if (ended > 0) this.#logins += 1
      return []
    } catch (error) {
      if (error instanceof PartlyDone) return [error]
      throw error
    }
  }
}

async function changedWithBesides(db: Reader, job: number): Promise<JobItem[]> {
  const items: JobItem[] = []
  for await (const item of readSome(streamChangedWithBesides(db, job))) items.push(item)
  return items
}
