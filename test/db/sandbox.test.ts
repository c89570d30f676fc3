import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {sql} from 'kysely'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {openEmbedded, postgresMajor} from '../../src/db/embedded.ts'
import {identify} from '../../src/db/identity.ts'
import {sandboxOperators} from '../../src/db/sandbox/operators.ts'
import {sandboxRows} from '../../src/db/sandbox/rows.ts'
import {insertRows, openSandbox} from '../../src/db/sandbox.ts'
import {setUp} from '../../src/db/set-up.ts'
import {PmError} from '../../src/rules/errors.ts'
import {permissionNames} from '../../src/rules/permissions.ts'
import {startProcess} from './sandbox/start-process.ts'

const making = 'Making the sandbox, an embedded database with example data (a few seconds, once)…'
const reset = 'To throw it away and start with a new one: pm sandbox reset'

const root = mkdtempSync(join(tmpdir(), 'pm-sandbox-'))
const made = join(root, 'made')
let folder = ''

// Made once, by a process of its own, and copied for every test.
beforeAll(async () => {
  expect(await startProcess('use', made).ended()).toEqual([making, 'open with 44 IPs'])
})
beforeEach(() => {
  folder = mkdtempSync(join(root, 'test-'))
})
afterAll(() => rmSync(root, {recursive: true, force: true}))

/** Opens it as an operator, asks who that is, and closes it again. */
async function use(login = 'op_admin') {
  const progress: string[] = []
  const sandbox = await openSandbox({folder, login, progress: (line) => progress.push(line)})
  const operator = await sandbox.db.transaction().execute((trx) => identify(trx, {kind: 'session'}))
  await sandbox.close()
  return {progress, operator}
}

/** How using it fails. */
async function failure(login?: string) {
  const error = await use(login).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof PmError)) throw new Error('It did not fail as it should.', {cause: error})
  return {code: error.code, message: error.message, hint: error.hint}
}

function copyMade(): void {
  cpSync(made, folder, {recursive: true})
}

describe('the sandbox on first use', () => {
  it('is made, and the second time it is just there', async () => {
    rmSync(folder, {recursive: true})
    expect((await use()).progress).toEqual([making])
    expect((await use()).progress).toEqual([])
    expect(readdirSync(folder)).toEqual(['database'])
  })

  it('is made by one of two processes, and the other waits for it', async () => {
    const printed = await Promise.all([startProcess('use', folder).ended(), startProcess('use', folder).ended()])
    const [maker, waiter] = printed.sort((one, other) => Number(other.includes(making)) - Number(one.includes(making)))
    expect(maker).toEqual([making, 'open with 44 IPs'])
    expect(waiter?.at(-1)).toBe('open with 44 IPs')
    expect(waiter).not.toContain(making)
  })

  it('is made anew after a process was killed while making it', async () => {
    const first = startProcess('use', folder)
    await first.says(making)
    while (!existsSync(join(folder, 'database.making', 'PG_VERSION'))) await wait(10)
    await first.kill()
    expect(readdirSync(folder).sort()).toEqual(['database.making', 'lock'])
    expect((await use()).progress).toEqual([making])
    expect(readdirSync(folder)).toEqual(['database'])
  })

  it('names its operators to who asks for another, and makes nothing', async () => {
    expect(await failure('op_nobody')).toEqual({
      code: 'usage',
      message: 'The sandbox has no operator “op_nobody”.',
      hint: 'PM_SANDBOX_LOGIN is one of op_admin, op_operations, op_billing, op_support, op_viewer.',
    })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('the sandbox beside another process', () => {
  it('waits for it, and says for which', async () => {
    copyMade()
    const holder = startProcess('hold', folder)
    await holder.says('open')
    const waiting = use()
    await wait(1_000)
    await holder.kill()
    expect((await waiting).progress).toEqual([
      `Waiting for process ${holder.pid} (pm hold ${folder}), which uses the sandbox…`,
    ])
  })

  it('takes over from one that was killed, and has what that one committed', async () => {
    copyMade()
    const holder = startProcess('hold', folder)
    await holder.says('open')
    await holder.kill()
    expect(existsSync(join(folder, 'lock'))).toBe(true)
    const sandbox = await openSandbox({folder, login: 'op_admin', progress: () => {}})
    const refusals = await sandbox.db.selectFrom('pm.refusals').select('command').execute()
    await sandbox.close()
    expect(refusals).toContainEqual({command: `process ${holder.pid}`})
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })
})

describe('the sandbox that is there', () => {
  it('takes logins that were enrolled there, and no others', async () => {
    copyMade()
    const embedded = await openEmbedded(join(folder, 'database'))
    await sql`create role op_sam login in role pm_operator`.execute(embedded.db)
    await sql`insert into pm.operator_logins (login, user_id)
      select 'op_sam', id from users where email = 'sam@penguinmails.example'`.execute(embedded.db)
    await embedded.close()
    expect((await use('op_sam')).operator).toMatchObject({login: 'op_sam', name: 'Sam Second', role: 'support'})
    expect(await failure('postgres')).toEqual({
      code: 'usage',
      message: 'The sandbox has no operator “postgres”.',
      hint: 'PM_SANDBOX_LOGIN is one of op_admin, op_billing, op_operations, op_sam, op_support, op_viewer.',
    })
  })

  it('is brought up to date when an older pm made it', async () => {
    await makeOlder()
    const {progress, operator} = await use()
    expect(progress).toEqual(['Bringing the sandbox up to date…'])
    expect([...operator.permissions].sort()).toEqual([...permissionNames].sort())
    expect((await use()).progress).toEqual([])
  })

  it('learns a permission that is new without a migration', async () => {
    copyMade()
    const embedded = await openEmbedded(join(folder, 'database'))
    await sql`delete from staff_role_permissions
      where permission_id = (select id from permissions where name = 'audit.undo')`.execute(embedded.db)
    await sql`delete from permissions where name = 'audit.undo'`.execute(embedded.db)
    await embedded.close()
    const {progress, operator} = await use()
    expect(progress).toEqual(['Bringing the sandbox up to date…'])
    expect(operator.permissions).toContain('audit.undo')
  })

  it('is left alone when a newer pm made it', async () => {
    copyMade()
    const embedded = await openEmbedded(join(folder, 'database'))
    await sql`insert into pm.migrations (name) values ('9999-from-the-future')`.execute(embedded.db)
    await embedded.close()
    expect(await failure()).toEqual({
      code: 'database_unreachable',
      message: 'The sandbox was made by a newer pm.',
      hint: `Update pm. ${reset}`,
    })
  })

  it('knows the major version it brings', async () => {
    const embedded = await openEmbedded()
    const {rows} = await sql<{server_version: string}>`show server_version`.execute(embedded.db)
    await embedded.close()
    expect(rows[0]?.server_version.split('.')[0]).toBe(postgresMajor)
  })

  // A sandbox as pm made them before there was a guard, or the permission to undo.
  async function makeOlder(): Promise<void> {
    const {db, close} = await openEmbedded(join(folder, 'database'))
    await setUp(db, {kind: 'declared', email: 'ada@penguinmails.example'})
    for (const {table, rows} of sandboxRows(new Date())) await insertRows(db, table, rows)
    await sql`create role pm_operator`.execute(db)
    await sql`create role op_admin login in role pm_operator`.execute(db)
    const [admin] = sandboxOperators.filter(({login}) => login === 'op_admin')
    await sql`insert into pm.operator_logins (login, user_id) values ('op_admin', ${admin?.userId})`.execute(db)
    await sql`delete from staff_role_permissions
      where permission_id = (select id from permissions where name = 'audit.undo')`.execute(db)
    await sql`delete from permissions where name = 'audit.undo'`.execute(db)
    await close()
  }
})

describe('the sandbox that cannot be opened says why', () => {
  it('when it is of another major version of PostgreSQL', async () => {
    copyMade()
    writeFileSync(join(folder, 'database', 'PG_VERSION'), '17\n')
    expect(await failure()).toEqual({
      code: 'database_unreachable',
      message: `The sandbox is one of PostgreSQL 17, and this pm brings PostgreSQL ${postgresMajor}.`,
      hint: reset,
    })
  })

  const noDatabase = {
    code: 'database_unreachable',
    message: 'The sandbox is damaged: its folder holds no database.',
    hint: reset,
  }

  it('when it holds something else, which stays', async () => {
    mkdirSync(join(folder, 'database'))
    writeFileSync(join(folder, 'database', 'notes.txt'), 'garbage')
    expect(await failure()).toEqual(noDatabase)
    expect(readdirSync(join(folder, 'database'))).toEqual(['notes.txt'])
  })

  it('when it is a file where a folder should be', async () => {
    writeFileSync(join(folder, 'database'), 'garbage')
    expect(await failure()).toEqual(noDatabase)
  })

  it('when it has lost files', async () => {
    copyMade()
    rmSync(join(folder, 'database', 'global', 'pg_control'))
    expect(await failure()).toEqual({
      code: 'database_unreachable',
      message: 'The sandbox is damaged: PostgreSQL does not start on its files.',
      hint: reset,
    })
  })

  it('when it is a database without pm in it', async () => {
    await (await openEmbedded(join(folder, 'database'))).close()
    expect(await failure()).toEqual({
      code: 'database_unreachable',
      message: 'The sandbox is damaged: relation "pm.migrations" does not exist.',
      hint: reset,
    })
  })

  it('when it cannot be written where it should be', async () => {
    rmSync(folder, {recursive: true})
    writeFileSync(folder, '')
    folder = join(folder, 'sandbox')
    expect(await failure()).toEqual({
      code: 'database_unreachable',
      message: `The sandbox cannot be kept in ${folder}: a part of its path is no folder.`,
      hint: 'Make that a folder you may write, or keep the data of pm elsewhere: PM_DATA_DIR=FOLDER',
    })
  })

  it('and leaves no lock behind', async () => {
    mkdirSync(join(folder, 'database'))
    await failure()
    expect(readdirSync(folder)).toEqual(['database'])
  })
})
