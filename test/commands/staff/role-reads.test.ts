import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {permissionNames, permissions} from '../../../src/rules/permissions.ts'
import {roles} from '../../../src/rules/roles.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {ask} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'

let database: TestDatabase
const onTerminal: World = {isTTY: {stdout: true}, width: 80, env: {NO_COLOR: '1'}}

beforeAll(async () => {
  database = await freshDatabase()
  await ask(database, `insert into permissions (id, name, description) values (900, 'export_data', null)`)
  await ask(database, `insert into staff_roles (id, name) values (90, 'intern')`)
  await ask(database, `insert into staff_role_permissions (role_id, permission_id) values (90, 900)`)
  await ask(database, `insert into staff_roles (id, name, description) values (80, 'helper', 'Helps tenants.')`)
  await ask(
    database,
    `insert into staff_role_permissions (role_id, permission_id)
     select 80, id from permissions where name in ('tenant.read', 'tenant.write', 'ip.read')`,
  )
})
afterAll(() => database.drop())

function pm(world: World, ...argv: string[]) {
  return run(as(database, 'op_viewer', world), ['staff', ...argv])
}

describe('pm staff role list', () => {
  it('draws a table on a terminal', async () => {
    const {stdout, ...rest} = await pm(onTerminal, 'role', 'list')
    expect(rest).toEqual({stderr: '', exitCode: 0})
    const many = ({grants}: {grants: readonly string[]}) => `${grants.length}`.padEnd(11)
    expect(stdout).toBe(`ROLE        PEOPLE  PERMISSIONS  DESCRIPTION
admin            1  ${many(roles.admin)}  Everything, staff and permissions included.
operations       2  ${many(roles.operations)}  Keeps mail flowing: IPs, domains, VPS, campaig…
billing          1  ${many(roles.billing)}  Plans, subscriptions and payments.
support          2  ${many(roles.support)}  Helps tenants: settings, companies, accounts, …
viewer           1  ${many(roles.viewer)}  Looks, changes nothing.
helper           0  3            Helps tenants.
intern           0  1            -
`)
  })

  it('gives programs what each role may do', async () => {
    const {stdout} = await pm({}, 'role', 'list', '-o', 'json', '--sort', '-id', '--limit', '1')
    expect(JSON.parse(stdout)).toEqual([
      {
        name: 'intern',
        description: null,
        people: 0,
        permissions: ['export_data'],
        built_in: false,
        created: expect.any(String),
        id: 90,
      },
    ])
  })
})

describe('pm staff role show', () => {
  it('shows what a role may do and who has it', async () => {
    await ask(database, `update staff_members set role_id = 80 where role_id = 4`)
    const {stdout, stderr, exitCode} = await pm(onTerminal, 'role', 'show', 'helper')
    await ask(database, `update staff_members set role_id = 4 where role_id = 80`)
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(stdout.replace(/Created .*/, 'Created …')).toMatchInlineSnapshot(`
      "Role         helper
      Description  Helps tenants.
      Built in     no
      Created …

      May
        ip      read
        tenant  read, write

      People
        E-MAIL                    NAME         LOGIN       REVOKED
        sam@penguinmails.example  Sam Second   no login    -
        sue@penguinmails.example  Sue Support  op_support  -

      Recent changes
        No changes.
      "
    `)
  })

  it('shows a permission that is not one of pm’s by its whole name', async () => {
    const {stdout} = await pm(onTerminal, 'role', 'show', 'intern')
    expect(stdout).toContain('May\n  export_data  export_data\n\nPeople\n  No people.\n')
  })

  it('knows no role that there is not, and says which there are', async () => {
    expect(await pm({}, 'role', 'show', 'root')).toEqual({
      stdout: '',
      exitCode: 3,
      stderr:
        'Error: There is no role root.\nThere are admin, operations, billing, support, viewer, helper, intern. (not_found, exit 3)\n',
    })
  })
})

describe('pm staff permission list', () => {
  it('draws a table on a terminal', async () => {
    expect(await pm({...onTerminal, width: 120}, 'permission', 'list', '--topic', 'ip')).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "PERMISSION  ROLES                                                DESCRIPTION
      ip.read     admin, operations, billing, support, viewer, helper  See sending IPs, their reputation and assignments.
      ip.write    admin, operations                                    Quarantine, release, assign, rate, add and retire send…
      ",
      }
    `)
  })

  it('describes every permission of the catalogue, and names the roles that have it', async () => {
    const {stdout} = await pm({}, 'permission', 'list', '-o', 'json')
    const listed: {permission: string; description: string; roles: string[]}[] = JSON.parse(stdout)
    const described = new Map(listed.map(({permission, description}) => [permission, description]))
    for (const name of permissionNames) expect(described.get(name)).toBe(permissions[name])
    expect(listed.find(({permission}) => permission === 'config.reveal')).toEqual({
      permission: 'config.reveal',
      description: permissions['config.reveal'],
      roles: ['admin'],
      topic: 'config',
      id: expect.any(Number),
    })
  })

  it('lists what a role may do', async () => {
    expect(await pm({}, 'permission', 'list', '--role', 'intern', '-o', 'name')).toEqual({
      stdout: 'export_data\n',
      stderr: '',
      exitCode: 0,
    })
    expect((await pm({}, 'permission', 'list', '--role', 'root')).stderr).toBe('No permissions found.\n')
  })
})
