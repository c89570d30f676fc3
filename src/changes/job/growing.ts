import type {ChangeHeader} from '../../db/change-record.ts'
import {readForWrite, type Session, write} from '../../db/transaction.ts'
import type {FoundJob} from '../../queries/job/find.ts'
import {type PageLeft, pageLeft} from '../../queries/job/page-left.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import {beginJob} from './begin.ts'
import type {BulkPlan} from './bulk-plan.ts'
import {closeJob} from './close.ts'
import {findJob} from './find.ts'
import {headerOf} from './header.ts'
import {patiently} from './patience.ts'
import {JobRun} from './run.ts'
import type {RunOptions} from './run-options.ts'
import type {JobPass} from './watch.ts'
import {writePages} from './write-pages.ts'

/** What is said of a job that gets its items while it is worked on. */
export interface Growth extends Pick<ChangeHeader, 'command' | 'permission' | 'reason'> {
  headline: string
  maxFailures: number
}

/** What became of some items. */
export interface Added extends PageLeft {
  /** `drained` where more may be added. */
  pass: Exclude<JobPass, 'finished'>
}

type Items = Pick<BulkPlan, 'items' | 'missed'>

interface Begun {
  job: FoundJob
  change: number
  run: JobRun
}

const nothing: PageLeft = {missed: [], waiting: []}

/**
 * A job that gets its items while it is worked on, a page at a time: for what is found out little by little. No more than
 * a page is held; each is written down before it is worked off, like those of other jobs.
 */
export class GrowingJob {
  readonly #session: Session
  readonly #growth: Growth
  readonly #options: Omit<RunOptions, 'workers'>
  #begun: Begun | undefined
  #pages = 0
  /** What was left out while there was nothing to do: a job begins with an item. */
  #leftOut: MissedItem[] = []
  #isClosed = false

  constructor(session: Session, growth: Growth, options: Omit<RunOptions, 'workers'>) {
    this.#session = session
    this.#growth = growth
    this.#options = options
  }

  /** The job and the change that began it; undefined as long as nothing was to be done. */
  get begun(): {id: number; change: number} | undefined {
    return this.#begun && {id: this.#begun.job.id, change: this.#begun.change}
  }

  /** What was left out, where no job has begun that keeps it. */
  get leftOut(): readonly MissedItem[] {
    return this.#leftOut
  }

  /**
   * Writes at most a page of items down, works them off, and says what of them was not changed. The first begins the job.
   * @throws what `runJob` throws
   */
  async add({items, missed}: Items): Promise<Added> {
    const plan = {items, missed: [...this.#leftOut, ...missed]}
    if (!this.#begun && items.length === 0) {
      this.#leftOut = plan.missed
      return {pass: 'drained', ...nothing}
    }
    this.#leftOut = []
    const n = this.#pages
    if (!this.#begun) this.#begun = await this.#begin(plan)
    else await this.#write(this.#begun, plan)
    const pass = await this.#begun.run.work()
    return {
      // Whoever else works on it may have taken it for finished.
      pass: pass === 'finished' ? 'drained' : pass,
      ...(items.length === 0 ? nothing : await this.#left(this.#begun, n)),
    }
  }

  // As the job itself knows it: whoever worked it off, and whatever became of the connection meanwhile.
  async #left({job}: Begun, n: number): Promise<PageLeft> {
    return this.#patiently(() => readForWrite(this.#session, job.permission, (db) => pageLeft(db, job.id, n)))
  }

  /** Says that nothing more comes. */
  async close(): Promise<void> {
    const {job} = this.#begun ?? {}
    if (job) await this.#patiently(() => closeJob(this.#session, job))
    this.#isClosed = true
  }

  /** Returns once nothing is being asked any more. Where it broke off, nothing more comes either. */
  async end(): Promise<void> {
    if (!this.#begun) return
    const {job, run} = this.#begun
    await run.end()
    // What cannot be said now, a minute without a sign says as well; whoever resumes the job closes it.
    if (!this.#isClosed) await closeJob(this.#session, job).catch(() => {})
  }

  async #begin(plan: Items): Promise<Begun> {
    const {headline, maxFailures, ...header} = this.#growth
    const settings = {maxFailures, open: true}
    const {result: id, changeId: change} = await write(this.#session, {...header, targets: [], undoOf: null}, (trx) =>
      beginJob(trx, settings, {headline, ...plan}),
    )
    this.#count(plan)
    const job = await this.#patiently(() => findJob(this.#session, header.permission, id))
    return {job, change, run: new JobRun(this.#session, job, {...this.#options, workers: 1})}
  }

  // Also where somebody has stopped the job: it is looked whether they have before any of it is worked off.
  async #write({job}: Begun, plan: Items): Promise<void> {
    const pages = {id: job.id, from: this.#pages, open: true}
    await this.#patiently(() => write(this.#session, headerOf(job), (trx) => writePages(trx, pages, plan)))
    this.#count(plan)
  }

  #count({items, missed}: Items): void {
    this.#pages += Math.min(items.length, 1) + Math.min(missed.length, 1)
  }

  #patiently<T>(work: () => Promise<T>): Promise<T> {
    return patiently(work, this.#options.signal)
  }
}
