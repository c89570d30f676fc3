import {randomBytes} from 'node:crypto'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {permissionNames} from '../../src/rules/permissions.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {run} from '../support/run.ts'

let database: TestDatabase
const stranger = `stranger_${randomBytes(4).toString('hex')}`

beforeAll(async () => {
  database = await freshDatabase()
  await sql`create role ${sql.id(stranger)} login`.execute(database.owner.db)
})
afterAll(async () => {
  await sql`drop role ${sql.id(stranger)}`.execute(database.owner.db)
  await database.drop()
})

function whoami(login: string, ...argv: string[]) {
  return run({env: {DATABASE_URL: database.url(login)}}, ['whoami', ...argv])
}

function place(): string {
  const {host, port, database: name} = database.server('op_admin')
  return `${host}:${port}/${name}`
}

describe('pm whoami', () => {
  it('says who is there, what holds them to their role, and where', async () => {
    const {stdout, stderr, exitCode} = await whoami('op_admin', '-o', 'json')
    expect(JSON.parse(stdout)).toEqual({
      login: 'op_admin',
      name: 'Ada Admin',
      email: 'ada@penguinmails.example',
      user_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      role: 'admin',
      permissions: [...permissionNames].sort(),
      enforced_by: 'database',
      context: database.server('op_admin').database,
      kind: 'development',
      place: place(),
    })
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
  })

  it('shows a person what the role lacks beside what it has', async () => {
    const {stdout} = await whoami('op_billing', '-o', 'table')
    expect(stdout).toBe(`Login        op_billing
Name         Bill Billing
E-mail       bill@penguinmails.example
Role         billing
Enforced by  the database
Context      ${database.server('op_billing').database}
Kind         development
Place        ${place()}

Permissions
  TOPIC         MAY          MAY NOT
  tenant        read, write  delete
  user          read
  company       read         write
  plan          read, write
  subscription  read, write
  payment       read
  staff         read         write
  flags         read         write
  config        read         write, reveal
  vps           read         write
  ip            read         write
  domain        read         write
  campaign      read         write
  account       read         write
  lead          -            read, reveal
  template      read
  job           write
  audit         read, undo
`)
  })

  it('dims what the role lacks', async () => {
    const {stdout} = await whoami('op_billing', '-o', 'table', '--color', 'always')
    expect(stdout).toContain('[2mread, reveal')
    expect(stdout).not.toContain('[2mread, write')
  })

  it('shows the fields that are asked for', async () => {
    expect((await whoami('op_viewer', '-o', 'tsv', '--fields', 'login,role')).stdout).toBe(
      'login\top_viewer\nrole\tviewer\n',
    )
    expect((await whoami('op_viewer', '-o', 'name')).stdout).toBe('op_viewer\n')
  })

  it('calls an owner of the database who is no operator the owner, with the right to enroll', async () => {
    const {stdout} = await whoami('postgres', '-o', 'json', '--fields', 'login,name,email,user_id,role,permissions')
    expect(JSON.parse(stdout)).toEqual({
      login: 'postgres',
      name: null,
      email: null,
      user_id: null,
      role: 'owner',
      permissions: ['staff.read', 'staff.write'],
    })
  })

  it('believes a context that declares who operates, and says that nothing else holds them', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pm-whoami-'))
    const add = ['--kind', 'staging', '--url', database.url('op_admin'), '--declared-email']
    await run({home}, ['context', 'add', 'nile', ...add, 'BILL@penguinmails.example'])
    await run({home}, ['context', 'add', 'typo', ...add, 'bil@penguinmails.example'])
    const {stdout} = await run({home}, ['whoami', '-c', 'nile', '-o', 'table'])
    expect(stdout.split('\n').slice(0, 7)).toEqual([
      'Login        op_admin',
      'Name         Bill Billing',
      'E-mail       bill@penguinmails.example',
      'Role         billing',
      'Enforced by  pm alone (identity declared)',
      'Context      nile',
      'Kind         staging',
    ])
    expect(await run({home}, ['whoami', '-c', 'typo'])).toEqual({
      stdout: '',
      stderr: `Error: There is no user bil@penguinmails.example, whom this context declares to be here.
Is the address right? See pm context show --context typo. (not_identified, exit 4)
`,
      exitCode: 4,
    })
    rmSync(home, {recursive: true, force: true})
  })

  it('tells a login outside of the group of operators that it is not enrolled', async () => {
    expect(await whoami(stranger)).toEqual({
      stdout: '',
      stderr: `Error: This login is not enrolled.
An admin enrolls it: pm staff enroll EMAIL --login LOGIN (not_identified, exit 4)
`,
      exitCode: 4,
    })
  })

  it('tells a login of the group that nobody enrolled how that is done', async () => {
    await sql`grant pm_operator to ${sql.id(stranger)}`.execute(database.owner.db)
    expect(await whoami(stranger)).toEqual({
      stdout: '',
      stderr: `Error: The login ${stranger} is not enrolled.
An admin enrolls it: pm staff enroll EMAIL --login ${stranger} (not_identified, exit 4)
`,
      exitCode: 4,
    })
  })

  it('tells an operator who was revoked, and one who left the staff', async () => {
    await sql`update pm.operator_logins set disabled = now() where login = 'op_support'`.execute(database.owner.db)
    expect(await whoami('op_support')).toMatchObject({stdout: '', exitCode: 4})
    expect((await whoami('op_support')).stderr).toContain('The login op_support has been revoked.')
    await sql`update pm.operator_logins set disabled = null,
      user_id = (select id from users where email = 'otto@penguinmails.example')
      where login = 'op_support'`.execute(database.owner.db)
    expect((await whoami('op_support')).stderr).toContain('The login op_support belongs to nobody on the staff.')
  })
})
