import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'

let database: TestDatabase
const onTerminal: World = {isTTY: {stdout: true}, width: 80, env: {NO_COLOR: '1'}}

beforeAll(async () => {
  database = await freshDatabase()
  await ask(database, `update pm.operator_logins set disabled = '2037-01-02T03:04:05Z' where login = 'op_support'`)
  // A login whose user is not on the staff any more, and one that was revoked besides.
  await ask(
    database,
    `delete from staff_members where user_id in (select user_id from pm.operator_logins
    where login in ('op_viewer', 'op_billing'))`,
  )
  await ask(database, `update pm.operator_logins set disabled = '2037-01-02T03:04:05Z' where login = 'op_billing'`)
})
afterAll(() => database.drop())

function list(world: World, ...argv: string[]) {
  return run(as(database, 'op_operations', world), ['staff', 'list', ...argv])
}

describe('pm staff list', () => {
  it('draws the staff, and who else has a login, in a table of 80 columns', async () => {
    expect(await list(onTerminal, '--time', 'iso')).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "E-MAIL              NAME          ROLE        LOGIN         REVOKED
      ada@penguinmails.…  Ada Admin     admin       op_admin      -
      nora@penguinmails…  Nora Night    operations  no login      -
      olga@penguinmails…  Olga Operat…  operations  op_operatio…  -
      otto@penguinmails…  Otto Former   no role     no login      -
      sam@penguinmails.…  Sam Second    support     no login      -
      sue@penguinmails.…  Sue Support   support     op_support    2037-01-02T03:04:05Z
      vic@penguinmails.…  Vic Viewer    no role     op_viewer     -
      ",
      }
    `)
  })

  it('gives programs every field', async () => {
    const {stdout, exitCode} = await list({}, '-o', 'json', '--role', 'support', '--sort', '-login')
    expect(exitCode).toBe(0)
    const of = (email: string) => ({
      email,
      user_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      since: expect.any(String),
    })
    const common = {role: 'support', on_staff: true, notes: null}
    expect(JSON.parse(stdout)).toEqual([
      {
        ...of('sue@penguinmails.example'),
        ...common,
        name: 'Sue Support',
        login: 'op_support',
        enrolled: expect.any(String),
        revoked: '2037-01-02T03:04:05Z',
      },
      {...of('sam@penguinmails.example'), ...common, name: 'Sam Second', login: null, enrolled: null, revoked: null},
    ])
  })

  it('finds who cannot start pm', async () => {
    const {stdout} = await list({}, '--without-login', '-o', 'name')
    expect(stdout.trim().split('\n')).toEqual([
      'nora@penguinmails.example',
      'otto@penguinmails.example',
      'sam@penguinmails.example',
      'sue@penguinmails.example',
    ])
  })

  it('goes on behind a cursor', async () => {
    const first = await list(onTerminal, '--limit', '2', '--sort', 'role', '--fields', 'email')
    const [, cursor = ''] = first.stderr.match(/--after (\S+)/) ?? []
    const rest = await list({}, '--sort', 'role', '--after', cursor, '-o', 'name')
    const all = await list({}, '--sort', 'role', '-o', 'name')
    expect(all.stdout.trim().split('\n')).toHaveLength(7)
    expect(rest.stdout).toBe(all.stdout.split('\n').slice(2).join('\n'))
  })

  it('says when nobody is found', async () => {
    expect(await list({}, '--role', 'nobody')).toEqual({stdout: '', stderr: 'No staff found.\n', exitCode: 0})
  })
})

describe('pm staff show', () => {
  const show = (world: World, ...argv: string[]) =>
    run(as(database, 'op_operations', world), ['staff', 'show', ...argv])

  it('shows somebody with what they may and did', async () => {
    await run(as(database, 'op_operations'), ['ip', 'rate', '192.0.2.10', 'fair'])
    const {stdout, stderr, exitCode} = await show(onTerminal, 'OLGA@penguinmails.example')
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(stdout).toContain('  ip            read, write\n')
    const told = stdout.replaceAll(/(Joined|Enrolled|User ID) .*/g, '$1 …').replace(/May\n( {2}.*\n)+/, 'May\n  …\n')
    expect(told).toMatchInlineSnapshot(`
      "E-mail    olga@penguinmails.example
      Name      Olga Operations
      Role      operations
      Joined …
      Login     op_operations
      Enrolled …
      Notes     -
      User ID …

      May
        …

      Did last
        CHANGE  MADE      COMMAND
             1  just now  pm ip rate 192.0.2.10 fair

      Changes of their place and login
        No changes.
      "
    `)
  })

  it('shows who may do nothing, and whose login is revoked', async () => {
    expect((await show({}, 'otto@penguinmails.example', '-o', 'table')).stdout).toContain('May\n  Nothing.\n')
    const {stdout} = await show(onTerminal, 'bill@penguinmails.example', '--time', 'iso')
    expect(stdout).toContain('Role      no role\nJoined    not on the staff\nLogin     op_billing\n')
    expect(stdout).toContain('Revoked   2037-01-02T03:04:05Z\n')
  })

  it('gives programs the record', async () => {
    const {stdout} = await show({}, 'otto@penguinmails.example', '--json', '--fields', 'email,role,permissions,changes')
    expect(JSON.parse(stdout)).toEqual({
      email: 'otto@penguinmails.example',
      role: null,
      permissions: [],
      changes: [],
    })
  })

  it('finds nobody who is not on the staff, and says what to do', async () => {
    expect(await show({}, 'alice@acme.example')).toEqual({
      stdout: '',
      exitCode: 3,
      stderr:
        'Error: alice@acme.example is not on the staff.\nSee who is: pm staff list. To add them: pm staff add alice@acme.example --role ROLE (not_found, exit 3)\n',
    })
  })
})
