import {setTimeout as wait} from 'node:timers/promises'
import {planEach} from '../changes/job/each-of.ts'
import {type Added, GrowingJob, type Growth} from '../changes/job/growing.ts'
import {PackedItems} from '../changes/job/packed-items.ts'
import {patiently} from '../changes/job/patience.ts'
import type {RunOptions} from '../changes/job/run-options.ts'
import type {SetWise} from '../changes/set-wise.ts'
import {readForWrite, type Session} from '../db/transaction.ts'
import type {MissedItem} from '../rules/item-outcome.ts'
import type {Permission} from '../rules/permissions.ts'
import {asTheyCome, type Patience} from './as-they-come.ts'
import {oneAhead} from './one-ahead.ts'

/** How things that are found are stored. */
export interface ToStore<Found, Input extends {id: string}> {
  change: SetWise<Input>
  noun: string
  /** What it does, as a sentence begins. */
  verb: string
  nameOf(found: Found): string
  inputOf(found: Found): Input
  /** The line of a list in which a name stands. */
  lineOf(name: string): number | undefined
  /** Whether it is only looked what could be stored. */
  isDryRun: boolean
}

/** A thing that was found, and what became of it. */
export interface Stored<Found> {
  found: Found
  /** The change that stored it; null where it was not stored. */
  change: number | null
  /** Why it was not, where it should have been. */
  missed?: MissedItem | undefined
}

/**
 * Enough for a transaction to be worth it, and few enough to be held; no more than a rate lets through in a moment. Nobody
 * waits longer for what was found.
 */
function together(rate = Number.POSITIVE_INFINITY): Patience {
  return {rows: Math.ceil(Math.min(250, rate / 5)), over: () => wait(250)}
}

/** Stores things while others are still being found, as one job. */
export class StoringJob<Found, Input extends {id: string}> {
  readonly #session: Session
  readonly #toStore: ToStore<Found, Input>
  readonly #options: Omit<RunOptions, 'workers'>
  readonly #job: GrowingJob
  readonly #nothing: MissedItem[] = []
  #pass: Added['pass'] = 'drained'

  constructor(
    session: Session,
    toStore: ToStore<Found, Input>,
    growth: Omit<Growth, 'permission'>,
    options: Omit<RunOptions, 'workers'>,
  ) {
    this.#session = session
    this.#toStore = toStore
    this.#options = options
    this.#job = new GrowingJob(session, {...growth, permission: this.permission}, options)
  }

  /** The job and the change that began it; undefined as long as nothing was to be stored. */
  get begun(): GrowingJob['begun'] {
    return this.#job.begun
  }

  /** What is needed to store it. */
  get permission(): Permission {
    return this.#toStore.change.permission
  }

  /** What could not be stored and no job keeps: before it has begun, and what there was nothing to store of. */
  get leftOut(): readonly MissedItem[] {
    return [...this.#job.leftOut, ...this.#nothing]
  }

  /** How the work on it went: `drained` where all that was found is stored. */
  get pass(): Added['pass'] {
    return this.#pass
  }

  /**
   * Gives what was found once it is known what became of it. Ends early where the job is stopped; what was found and is not
   * stored then is not given.
   * @throws what `runJob` throws
   */
  async *store(found: AsyncIterable<readonly Found[]>): AsyncGenerator<readonly Stored<Found>[]> {
    try {
      for await (const some of oneAhead(asTheyCome(found, together(this.#options.rate)))) {
        yield await this.#storeSome(this.#byTarget(some))
        if (this.#pass !== 'drained') return
      }
      await this.#job.close()
    } finally {
      await this.#job.end()
    }
  }

  /** By their names; of two that are called the same, the other by its id. */
  #byTarget(some: readonly Found[]): ReadonlyMap<string, Found> {
    const {nameOf, inputOf} = this.#toStore
    const byTarget = new Map<string, Found>()
    for (const found of some) {
      const name = nameOf(found)
      byTarget.set(byTarget.has(name) ? inputOf(found).id : name, found)
    }
    return byTarget
  }

  async #storeSome(byTarget: ReadonlyMap<string, Found>): Promise<Stored<Found>[]> {
    const {isDryRun} = this.#toStore
    const {items, missed} = await this.#plan(byTarget)
    // What there is nothing to store of is no part of the job.
    const nothing = missed.filter(({outcome}) => outcome === 'already')
    const {pass, ...left} = await this.#job.add({
      items: isDryRun ? new PackedItems() : items,
      missed: missed.filter((one) => !nothing.includes(one)),
    })
    for (const one of nothing) this.#nothing.push(one)
    this.#pass = pass
    const whyNot = new Map([...missed, ...left.missed].map((item) => [item.target, item]))
    const waiting = new Set(left.waiting)
    const change = this.begun?.change ?? null
    return [...byTarget].flatMap(([target, found]) =>
      waiting.has(target) ? [] : {found, ...fateOf(whyNot.get(target), change)},
    )
  }

  async #plan(byTarget: ReadonlyMap<string, Found>) {
    const {change, noun, verb, lineOf, inputOf} = this.#toStore
    const inputs = new Map([...byTarget].map(([target, found]) => [target, inputOf(found)]))
    const inputNamed = (target: string): Input => {
      const input = inputs.get(target)
      if (input) return input
      throw new Error(`${target} was not found.`)
    }
    const each = {change, noun, verb, lineOf, targets: [...inputs.keys()], inputOf: inputNamed}
    return patiently(
      () => readForWrite(this.#session, change.permission, (db, operator) => planEach(db, operator, each)),
      this.#options.signal,
    )
  }
}

function fateOf(missed: MissedItem | undefined, change: number | null): Omit<Stored<unknown>, 'found'> {
  if (!missed) return {change}
  return missed.outcome === 'already' ? {change: null} : {change: null, missed}
}
