import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {introspect} from '../../../src/db/introspection.ts'
import {migrationNames} from '../../../src/db/migrate.ts'
import {readerOf} from '../../../src/db/transaction.ts'
import {permissionNames} from '../../../src/rules/permissions.ts'
import {roleNames} from '../../../src/rules/roles.ts'
import {emptyDatabase, type TestDatabase} from '../../support/database.ts'
import {makePlatform} from '../../support/platform.ts'
import {type Ran, run, type World} from '../../support/run.ts'
import {pmInTerminal} from '../../support/terminal.ts'

const items = [...migrationNames({kind: 'session'}), ...permissionNames, ...roleNames]

let database: TestDatabase

beforeEach(async () => {
  database = await emptyDatabase()
})

afterEach(() => database.drop())

test('sets an empty database up, and finds nothing to do a second time', async () => {
  const first = await setup(['--yes', '--fields', 'item,state'])
  const second = await setup(['--fields', 'item,state'])

  expect(first).toEqual({
    stdout: items.map((item) => `${item}\tapplied\n`).join(''),
    stderr: expect.stringMatching(
      /^▸ pm_\w+, development · 127\.0\.0\.1:\d+\/pm_\w+ · as postgres\n\nWhat pm would add\n/,
    ),
    exitCode: 0,
  })
  expect(first.stderr.trimEnd().split('\n').at(-1)).toBe(
    'Done. See that all is well: pm db check   Enroll operators: pm staff enroll',
  )
  expect(second).toEqual({
    stdout: items.map((item) => `${item}\talready there\n`).join(''),
    stderr: expect.stringMatching(/^▸ .*\nNothing to do: the database is up to date\.\n$/),
    exitCode: 0,
  })
})

test('shows what it would do on stderr, the first of it where it is much', async () => {
  const {stderr} = await setup(['--dry-run'])

  const [, ...lines] = stderr.split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' | '))
  expect(lines.slice(0, 6)).toEqual([
    '',
    'What pm would add',
    'KIND | ITEM | DETAIL',
    "migration | 0001-platform | The platform's tables, where they are not there yet.",
    "migration | 0002-pm-tables | pm's own tables, in the schema pm.",
    'migration | 0003-pm-guard | Permissions and audit, enforced by the database itself.',
  ])
  expect(stderr).toContain(`  … and ${items.length - 12} more\n`)
})

describe('a dry run', () => {
  test('exits 9 where something would change, and changes nothing', async () => {
    const ran = await setup(['--dry-run', '--fields', 'item,state'])

    expect([ran.exitCode, ran.stdout]).toEqual([9, items.map((item) => `${item}\tpending\n`).join('')])
    expect(await schemas()).toEqual(['public'])
  })

  test('exits 0 where nothing would', async () => {
    await setup(['--yes'])

    expect((await setup(['--dry-run'])).exitCode).toBe(0)
  })
})

describe('its result', () => {
  const first = {
    kind: 'migration',
    item: '0001-platform',
    state: 'pending',
    detail: "The platform's tables, where they are not there yet.",
    before: null,
    after: null,
  }

  test('is the same rows in JSON', async () => {
    const rows: unknown = JSON.parse((await setup(['--dry-run', '--json'])).stdout)

    expect(rows).toHaveLength(items.length)
    expect(rows).toMatchObject({0: first})
  })

  test.each([
    ['ndjson', JSON.stringify(first)],
    ['csv', 'kind,item,state,detail,before,after'],
    ['yaml', '- kind: migration'],
    ['name', '0001-platform'],
    ['tsv', "migration\t0001-platform\tpending\tThe platform's tables, where they are not there yet.\t\t"],
  ])('begins so in %s', async (format, line) => {
    expect((await setup(['--dry-run', '-o', format])).stdout.split('\n')[0]).toBe(line)
  })

  test('is a table on a terminal', async () => {
    const ran = await setup(['--dry-run', '--color', 'never'], {isTTY: {stdout: true}})

    expect(ran.stdout.split('\n').slice(0, 2)).toEqual([
      'KIND        ITEM                     STATE    DETAIL',
      "migration   0001-platform            pending  The platform's tables, where they are not there yet.",
    ])
  })
})

describe('consent', () => {
  test('is needed: off a terminal it says which command gives it, and changes nothing', async () => {
    const ran = await setup([])

    expect(ran).toMatchObject({exitCode: 7, stdout: ''})
    expect(ran.stderr).toContain('To consent: pm db setup --yes (consent_needed, exit 7)')
    expect(await schemas()).toEqual(['public'])
  })

  test('is asked for on a terminal, and a no changes nothing', async () => {
    const terminal = pmInTerminal(['db', 'setup'], {env: here()})
    await terminal.waitFor('Go ahead? (y/N)')
    terminal.press('enter')

    expect(await terminal.ended()).toBe(130)
    expect(await terminal.shown()).toContain('Declined. Nothing was changed.')
    expect(await schemas()).toEqual(['public'])
  })

  test('given on a terminal sets the database up', async () => {
    const terminal = pmInTerminal(['db', 'setup', '-o', 'name'], {env: here()})
    await terminal.waitFor('Go ahead? (y/N)')
    terminal.type('y')
    terminal.press('enter')

    expect(await terminal.ended()).toBe(0)
    expect(await schemas()).toEqual(['pm', 'public'])
  })

  test('in production takes --write as well', async () => {
    const production = {PM_KIND: 'production'}
    const ran = await setup(['--yes'], {env: production})

    expect(ran.exitCode).toBe(7)
    expect(ran.stderr).toMatch(/is a production context: read-only\.\nTo write there: pm db setup --yes --write /)
    expect(await schemas()).toEqual(['public'])
    expect((await setup(['--yes', '--write'], {env: production})).exitCode).toBe(0)
  })
})

describe('it is refused, and changes nothing,', () => {
  test('where the login lacks the rights, which it names', async () => {
    const ran = await setup(['--yes', '--json'], {env: here('op_viewer')})

    expect(ran).toMatchObject({exitCode: 5, stdout: ''})
    expect(JSON.parse(ran.stderr.split('\n').at(-2) ?? '')).toEqual({
      error: {
        code: 'permission_denied',
        message:
          'The login op_viewer cannot set pm up here. It lacks: CREATE on the database ' +
          `${database.server('').database}; CREATE on the schema public; ADMIN OPTION on the role pm_guard.`,
        hint: 'Connect as the owner of the database and its tables, with CREATEROLE, or as a superuser.',
        details: {
          login: 'op_viewer',
          lacks: [
            `CREATE on the database ${database.server('').database}`,
            'CREATE on the schema public',
            'ADMIN OPTION on the role pm_guard',
          ],
        },
      },
    })
    expect(await schemas()).toEqual(['public'])
  })

  test('where there is half a platform', async () => {
    await sql`create table public.users (id uuid primary key)`.execute(database.owner.db)

    const ran = await setup(['--yes'])

    expect(ran).toMatchObject({exitCode: 6, stdout: ''})
    expect(ran.stderr).toContain("Error: This database has only 1 of the platform's 32 tables; missing: ")
    expect(await schemas()).toEqual(['public'])
  })

  test('where a newer pm was', async () => {
    await setup(['--yes'])
    await sql`insert into pm.migrations (name) values ('0099-later')`.execute(database.owner.db)

    const ran = await setup(['--yes'])

    expect(ran).toMatchObject({exitCode: 6, stdout: ''})
    expect(ran.stderr).toContain('this one does not know 0099-later.\nUpdate pm. (conflict, exit 6)')
  })

  test('where nothing can be written, before anybody is asked', async () => {
    await sql
      .raw(`alter database ${database.server('').database} set default_transaction_read_only = on`)
      .execute(database.owner.db)

    const ran = await setup([])

    expect(ran).toMatchObject({exitCode: 6, stdout: ''})
    expect(ran.stderr).toMatch(
      /takes no writes here: it is a replica, or read-only\.\nIs it the primary\? See pm db status\. /,
    )
  })

  test('where another session holds a table of the platform', async () => {
    await makePlatform(database.owner.db)
    const busy = await database.owner.db.startTransaction().execute()
    await sql`lock table public.plans in exclusive mode`.execute(busy)

    const ran = await setup(['--yes', '--timeout', '1'])

    expect(ran).toMatchObject({exitCode: 12, stdout: ''})
    await busy.rollback().execute()
    expect(await schemas()).toEqual(['public'])
  })
})

test('on a platform it adds what is pm’s, and leaves the policies alone', async () => {
  const {db} = database.owner
  await makePlatform(db)
  const before = await introspect(readerOf(db))

  const ran = await setup(['--yes', '-o', 'name'])

  expect([ran.exitCode, ran.stdout]).toEqual([0, items.map((item) => `${item}\n`).join('')])
  expect(ran.stderr).toContain("The platform's tables are there already and stay as they are.")
  expect(await introspect(readerOf(db))).toEqual(expect.arrayContaining(before))
})

describe('in a context that declares its identities', () => {
  let home: string

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'pm-setup-'))
    const {host, port, database: name} = database.server('')
    const at = ['--host', host, '--port', String(port), '--database', name, '--user', 'postgres']
    const who = ['--declared-email', 'ada@penguinmails.example']
    await run({home}, ['context', 'add', 'declared', '--kind', 'development', ...at, ...who])
  })

  afterEach(() => rmSync(home, {recursive: true}))

  test('it adds no roles, functions and triggers, and the check misses none', async () => {
    const there = ['--context', 'declared']

    const ran = await run({home}, ['db', 'setup', '--yes', '-o', 'name', ...there])

    expect(ran.exitCode).toBe(0)
    expect(ran.stdout.split('\n')).not.toContain('0003-pm-guard')
    const {rows} = await sql`select (select count(*)::integer from pg_trigger where not tgisinternal) as triggers,
      (select count(*)::integer from pg_proc where pronamespace = 'pm'::regnamespace) as functions`.execute(
      database.owner.db,
    )
    expect(rows).toEqual([{triggers: 0, functions: 0}])
    expect(await run({home}, ['db', 'check', ...there])).toMatchObject({stdout: '', exitCode: 0})
  })
})

function here(login = 'postgres') {
  return {DATABASE_URL: database.url(login)}
}

function setup(argv: readonly string[], {env, ...world}: World = {}): Promise<Ran> {
  return run({...world, env: {...here(), ...env}}, ['db', 'setup', ...argv])
}

async function schemas(): Promise<string[]> {
  const {rows} = await sql<{name: string}>`
    select nspname as name from pg_namespace where nspname in ('pm', 'public') order by 1`.execute(database.owner.db)
  return rows.map(({name}) => name)
}
