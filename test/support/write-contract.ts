import {expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from './database.ts'
import {ask, changesOf, refusalsOf} from './records.ts'
import {run} from './run.ts'

/** A write to be held to what every write must do (DESIGN §8). */
export interface Write {
  /** The command line without consent. */
  argv: readonly string[]
  stdin?: string
  /** SQL that makes what it is about, where the sandbox has no such thing. */
  arrange?: string
  /** What consent it takes: none, `--yes`, or `--confirm NAME`. */
  consent: readonly string[]
  /** An operator of the sandbox whose role lacks the permission. */
  refusedAs: string
  permission: string
  /** SQL for the rows it is about, without `updated`. */
  rows: string
  /** What those rows are afterwards. */
  after: readonly object[]
  /** `noun:name` of all it touches. */
  targets: readonly string[]
  images: readonly string[]
  /** False for a change of a secret, which cannot be undone. */
  undoable?: boolean
}

/** Proves of a write: dry run, refusal, missing consent, the change itself with its record, and its undo. */
export function holdsAsWrite(name: string, write: Write): void {
  const {argv, consent, stdin = '', arrange = 'select 1'} = write
  const arranged = async () => {
    const database = await freshDatabase()
    await ask(database, arrange)
    return database
  }
  const as = (database: TestDatabase, login = 'op_admin') => ({env: {DATABASE_URL: database.url(login)}, stdin})

  test(`${name}: a dry run changes nothing and exits 9`, async () => {
    const database = await arranged()
    const before = await ask(database, write.rows)
    const {exitCode} = await run(as(database), [...argv, '--dry-run'])
    expect({exitCode, rows: await ask(database, write.rows), changes: await changesOf(database)}).toEqual({
      exitCode: 9,
      rows: before,
      changes: [],
    })
    await database.drop()
  })

  test(`${name}: is refused without ${write.permission}, changes nothing, and leaves a trace`, async () => {
    const database = await arranged()
    const before = await ask(database, write.rows)
    const {exitCode, stdout} = await run(as(database, write.refusedAs), [...argv, ...consent])
    expect({exitCode, stdout, rows: await ask(database, write.rows), changes: await changesOf(database)}).toEqual({
      exitCode: 5,
      stdout: '',
      rows: before,
      changes: [],
    })
    expect(await refusalsOf(database)).toMatchObject([{permission: write.permission, login: write.refusedAs}])
    await database.drop()
  })

  test.runIf(consent.length > 0)(`${name}: needs consent, and says how to give it`, async () => {
    const database = await arranged()
    const before = await ask(database, write.rows)
    const {exitCode, stderr} = await run(as(database), argv)
    expect({exitCode, rows: await ask(database, write.rows), changes: await changesOf(database)}).toEqual({
      exitCode: 7,
      rows: before,
      changes: [],
    })
    expect(stderr).toContain(consent[0])
    await database.drop()
  })

  test(`${name}: changes what it says, in one recorded change`, async () => {
    const database = await arranged()
    const {exitCode, stderr} = await run(as(database), [...argv, ...consent, '--reason', 'a good reason'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await ask(database, write.rows)).toEqual(write.after)
    expect(await changesOf(database)).toMatchObject([
      {
        permission: write.permission,
        reason: 'a good reason',
        targets: write.targets,
        login: 'op_admin',
        images: write.images,
      },
    ])
    await database.drop()
  })

  test.runIf(write.undoable !== false)(`${name}: can be undone`, async () => {
    const database = await arranged()
    const before = await ask(database, write.rows)
    await run(as(database), [...argv, ...consent])
    const {exitCode, stderr} = await run(as(database), ['audit', 'undo', '1', '--yes'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(await ask(database, write.rows)).toEqual(before)
    await database.drop()
  })
}
