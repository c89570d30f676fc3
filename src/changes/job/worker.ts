import {setTimeout as wait} from 'node:timers/promises'
import type {Session} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {RuleBroken} from '../../rules/errors.ts'
import {mayDoMore} from './deeds.ts'
import {ChunkSize, type Throttle} from './pace.ts'
import {patienceMs, patiently, pauseAfter} from './patience.ts'
import {type Recovery, recoveryFrom} from './recovery.ts'
import type {RunOptions} from './run-options.ts'
import type {JobWatch} from './watch.ts'
import {ChunkFailed, type Page, type Place, passOver, type WorkedOff, workOff} from './work-off.ts'

interface Shared extends RunOptions {
  throttle: Throttle
  watch: JobWatch
}

// How often the same items are tried again: one alone is worth waiting for; of many, most can go on without the one.
const triesTogether = 1
const triesAlone = 4
// Of a lock each try is a wait of its own, and the rest of the page waits, too.
const triesLocked = 1
// Long enough for whoever changes a row; which of many is locked for longer is found out in a few of these.
const probeMs = 250
const pauseMs = 250
// Counting what plans limit takes half as long as all the rest: that is not done twice in so short a time.
const countedMs = 60_000
// What is done besides the rows takes longer than they do, and what comes after COMMIT waits for the last of them.
const mostDoingMore = 20

/** Takes items of a job, one transaction after the other, until none is free or the job is over. */
export class Worker {
  readonly #session: Session
  readonly #job: FoundJob
  readonly #shared: Shared
  readonly #size = new ChunkSize()
  /** The page that failed, to find out which of its items is at fault. */
  #page: number | undefined
  #known: Page | undefined
  #failures = 0
  #failingSince = 0

  constructor(session: Session, job: FoundJob, shared: Shared) {
    this.#session = session
    this.#job = job
    this.#shared = shared
  }

  async work(): Promise<void> {
    const {signal, watch} = this.#shared
    while (!signal.aborted && !watch.isOver) {
      const goesOn = watch.heldUp === null ? await this.#step() : await this.#pause(pauseMs)
      if (!goesOn) return
    }
  }

  async #step(): Promise<boolean> {
    const {throttle, signal} = this.#shared
    const most = Math.min(this.#size.now, throttle.most, mayDoMore(this.#job.permission) ? mostDoingMore : Infinity)
    await throttle.admit(most, signal)
    if (signal.aborted) return false
    try {
      return await this.#workOff(most)
    } catch (error) {
      if (error instanceof ChunkFailed) return this.#recover(error)
      throw error
    }
  }

  async #workOff(most: number): Promise<boolean> {
    const {watch, throttle} = this.#shared
    const wish = {most, page: this.#page, known: this.#known, recounts: this.#recounts, backends: watch.backends}
    const done = await workOff(this.#patient(most), this.#job, wish)
    throttle.giveBack(most - (done?.count ?? 0))
    this.#failures = 0
    if (!done) return this.#page === undefined ? this.#awaitOthers() : this.#leavePage()
    this.#known = done.read
    this.#size.took(done.count, rowsOf(done), done.heldMs)
    await this.#shared.onWorkedOff?.(done)
    return true
  }

  get #recounts(): boolean {
    const {planned} = this.#shared
    return planned === undefined || Date.now() - planned > countedMs
  }

  // While it looks for the one that is locked it waits for that one only, and for the others not at all.
  #patient(most: number): Session {
    if (this.#page === undefined || most === 1) return this.#session
    const {limits} = this.#session
    return {...this.#session, limits: {...limits, lockMs: Math.min(probeMs, limits.lockMs)}}
  }

  // Nothing is free, but what somebody else has taken may come back.
  async #awaitOthers(): Promise<boolean> {
    const {signal, watch} = this.#shared
    return (await patiently(() => watch.look(), signal)) === 'interrupted' && this.#pause(pauseMs)
  }

  #leavePage(): boolean {
    this.#page = undefined
    return true
  }

  async #recover({place, cause}: ChunkFailed): Promise<boolean> {
    const recovery = recoveryFrom(cause)
    if (recovery === 'stop') throw cause
    // What somebody asked to stop, or to cancel, did not fail for a reason of its own.
    if (this.#shared.signal.aborted) return false
    this.#failures += 1
    if (this.#failures === 1) this.#failingSince = Date.now()
    if (recovery === 'reconnect') return this.#reconnect(cause)
    if (place && this.#failures > triesOf(recovery, place.count)) return this.#narrow(place, cause)
    if (this.#failures > triesAlone) throw cause
    return this.#pause(pauseAfter(this.#failures))
  }

  async #reconnect(cause: unknown): Promise<boolean> {
    if (Date.now() - this.#failingSince > patienceMs) throw cause
    return this.#pause(pauseAfter(this.#failures))
  }

  /** Takes half as many of the same items; of one alone it says that it failed, and why. */
  async #narrow(place: Place, cause: unknown): Promise<boolean> {
    this.#page = place.page
    this.#failures = 0
    this.#size.fewer(place.count)
    if (place.count > 1) return true
    const passed = await passOver(this.#session, this.#job, place, messageOf(cause))
    if (passed) await this.#shared.onWorkedOff?.(passed)
    // It may be one too many.
    const {signal, watch} = this.#shared
    await patiently(() => watch.look(), signal)
    return true
  }

  async #pause(ms: number): Promise<boolean> {
    await wait(ms, undefined, {signal: this.#shared.signal}).catch(() => {})
    return true
  }
}

function rowsOf({read: {items}, position, count}: WorkedOff): number {
  return items.slice(position, position + count).reduce((sum, {rows}) => sum + rows.length, 0)
}

function triesOf(recovery: Recovery, count: number): number {
  if (recovery === 'fewer') return 0
  if (recovery === 'locked') return count > 1 ? 0 : triesLocked
  return count > 1 ? triesTogether : triesAlone
}

function messageOf(cause: unknown): string {
  if (cause instanceof RuleBroken) return cause.said
  return cause instanceof Error ? cause.message : String(cause)
}
