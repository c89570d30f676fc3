import {applyRows} from '../../src/changes/apply.ts'
import type {Change, Plan} from '../../src/changes/plan.ts'
import {readForWrite, write} from '../../src/db/transaction.ts'
import {freshDatabase, type TestDatabase} from './database.ts'
import {header} from './engine.ts'
import {differences} from './pool-diff.ts'
import {ask, changesOf, poolOf, type RecordedChange, torn, wrongCounts, wrongImages} from './records.ts'
import {type Ran, run, type World} from './run.ts'
import {openSessionAs} from './session.ts'

/** What is not as it must be after a write: all empty when it is sound. */
export interface Soundness {
  /** Row images that are not the rows as they were and are. */
  images: object[]
  /** IPs whose count is not how many live assignments they have. */
  counts: object[]
  /** Domains on two IPs. */
  torn: object[]
  /** What `pm audit undo` did not put back. */
  undone: string[]
}

export const sound: Soundness = {images: [], counts: [], torn: [], undone: []}

/** What a write of IPs did, in a database of its own. */
export interface CarriedOut {
  ran: Ran
  /** Every row that it wrote, a line each. */
  wrote: string[]
  /** Its record; exactly one, or this fails. */
  change: RecordedChange | undefined
  soundness: Soundness
}

/**
 * Runs a write as an operator, looks at all it did, and undoes it.
 * @param arrange SQL to run before
 */
export async function carryOut(argv: readonly string[], world: World = {}, arrange = 'select 1'): Promise<CarriedOut> {
  const database = await freshDatabase()
  try {
    await ask(database, arrange)
    const before = await poolOf(database)
    const ran = await run(as(database, 'op_operations', world), argv)
    const after = await poolOf(database)
    const changes = await changesOf(database)
    if (changes.length > 1) throw new Error(`There are ${changes.length} changes.`)
    const now = {images: await wrongImages(database, 1, before), counts: await wrongCounts(database)}
    const wrote = await differences(database, before, after)
    const tornNow = await torn(database)
    const undone = changes.length === 0 ? [] : await undo(database, before)
    return {ran, wrote, change: changes[0], soundness: {...now, torn: tornNow, undone}}
  } finally {
    await database.drop()
  }
}

async function undo(database: TestDatabase, before: Record<string, unknown>): Promise<string[]> {
  const {exitCode, stderr} = await run(as(database, 'op_operations'), ['audit', 'undo', '1', '--yes'])
  if (exitCode !== 0) return [stderr]
  return differences(database, before, await poolOf(database))
}

/** A command's world: this login on this database. */
export function as(database: TestDatabase, login: string, world: World = {}): World {
  return {...world, env: {DATABASE_URL: database.url(login), ...world.env}}
}

/** What a run left, and what changed in the pool by it; nothing, where it must not have done anything. */
export async function attempt(argv: readonly string[], world: World = {}, arrange = 'select 1') {
  const database = await freshDatabase()
  try {
    await ask(database, arrange)
    const before = await poolOf(database)
    const ran = await run(as(database, 'op_operations', world), argv)
    const wrote = await differences(database, before, await poolOf(database))
    return {...ran, wrote, changes: (await changesOf(database)).length}
  } finally {
    await database.drop()
  }
}

/** Plans a change, lets something happen, and applies the plan. Returns the error, and all that differs from before. */
export async function applyLate<Input, Effect extends object>(
  change: Change<Input, Effect>,
  input: Input,
  meanwhile: string,
  login = 'op_operations',
): Promise<{error: unknown; wrote: string[]; changes: number}> {
  const database = await freshDatabase()
  const session = openSessionAs(database, login)
  try {
    const before = await poolOf(database)
    const plan: Plan<Effect> = await readForWrite(session, change.permission, (db, operator) =>
      change.plan(db, input, operator),
    )
    await ask(database, meanwhile)
    const error = await write(session, header(change.permission), async (trx) => {
      await applyRows(trx, plan.rows)
      await change.verify?.(trx.reader, plan)
    }).then(
      () => undefined,
      (problem: unknown) => problem,
    )
    const wrote = await differences(database, before, await poolOf(database))
    return {error, wrote, changes: (await changesOf(database)).length}
  } finally {
    await session.close()
    await database.drop()
  }
}
