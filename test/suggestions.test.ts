import {randomUUID} from 'node:crypto'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from './support/database.ts'
import {run} from './support/run.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

async function suggested(login: string, argv: readonly string[], env: Record<string, string> = {}) {
  const {stdout, stderr, exitCode} = await run({env: {DATABASE_URL: database.url(login), ...env}}, argv)
  expect([stdout, exitCode === 2 || exitCode === 3]).toEqual(['', true])
  return stderr.match(/^Did you mean (.*?)\?/m)?.[1]
}

describe('what was probably meant is printed', () => {
  it.each([
    [['tenant', 'show', 'acem'], 'Acme'],
    [['tenant', 'show', 'blue ancor shipping'], "'Blue Anchor Shipping'"],
    [['tenant', 'restore', 'Acmee'], 'Acme'],
    [['domain', 'show', 'acme.exmaple'], 'acme.example'],
    [['domain', 'list', '--tenant', 'amce'], 'Acme'],
    [['domain', 'doctor', 'acme.exampl'], 'acme.example'],
    [['plan', 'show', 'growht'], 'growth'],
    [['plan', 'change', 'acme', '--to', 'sclae', '--yes'], 'scale'],
    [['tenant', 'list', '--plan', 'growht'], 'growth'],
    [['staff', 'role', 'show', 'suport'], 'support'],
    [['staff', 'show', 'olga@penguinmail.example'], 'olga@penguinmails.example'],
    [['user', 'show', 'olga@penguinmail.example'], 'olga@penguinmails.example'],
    [['can', 'ip.wirte'], 'ip.write'],
    [['staff', 'role', 'grant', 'support', 'ip.wirte', '--yes'], 'ip.write'],
    [['flags', 'enable', 'new_editr', '--yes'], 'new_editor'],
    [['config', 'get', 'dkim_selektor'], 'dkim_selector'],
    [['vps', 'show', 'hw-41090'], 'hw-410902'],
    [['campaign', 'show', 'wintr sale'], "'Winter Sale'"],
    [['account', 'show', 'helo@acme.example'], 'hello@acme.example'],
    [['whoami', '-c', 'sandbx'], 'sandbox'],
    [['context', 'use', 'sandbx'], 'sandbox'],
    [['ip', 'list', '--status', 'warmd'], 'warmed'],
    [['ip', 'list', '--statsu', 'warmed'], '--status'],
    [['ip', 'list', '-o', 'jsn'], 'json'],
    [['ip', 'list', '--fields', 'ip,staus'], 'status'],
    [['ip', 'list', '--sort', '-regoin'], 'region'],
    [['ip', 'rate', '192.0.2.10', 'god', '--yes'], 'good'],
    [['company', 'set-status', 'Acme Retail', 'actve', '--yes'], 'active'],
    [['tenant', 'config', 'set', 'acme', 'ui_timezon=UTC', '--yes'], 'ui_timezone'],
    [['schema', 'ip', 'lst'], "'ip list'"],
    [['completion', 'bsh'], 'bash'],
  ])('pm %j', async (argv, meant) => {
    expect(await suggested('op_admin', argv)).toBe(meant)
  })

  it.each([
    [['ip', 'list', '--tenant', 'acem'], 'No IPs found.\nDid you mean --tenant Acme?\n'],
    [['ip', 'list', '--region', 'us-eest'], 'No IPs found.\nDid you mean --region us-east?\n'],
    [['ip', 'list', '--vps', 'hw-41090'], 'No IPs found.\nDid you mean --vps hw-410902?\n'],
    [['staff', 'list', '--role', 'supprt', '--without-login'], 'No staff found.\nDid you mean --role support?\n'],
    [['staff', 'permission', 'list', '--role', 'supprt'], 'No permissions found.\nDid you mean --role support?\n'],
    [['ip', 'list', '--tenant', 'ACME', '--status', 'burned'], 'No IPs found.\n'],
    [['ip', 'list', '--region', 'moon'], 'No IPs found.\n'],
  ])('where nothing is found by it: pm %j', async (argv, stderr) => {
    expect(await run({env: {DATABASE_URL: database.url('op_admin')}}, argv)).toEqual({exitCode: 0, stdout: '', stderr})
  })

  it('also for what the environment says', async () => {
    expect(await suggested('op_admin', ['ip', 'list'], {PM_OUTPUT: 'jsn'})).toBe('json')
  })

  it('in JSON as the hint', async () => {
    const {stderr} = await run({env: {DATABASE_URL: database.url('op_admin')}}, ['plan', 'show', 'growht', '--json'])
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'not_found',
        message: 'No plan growht.',
        hint: 'Did you mean growth? See which there are: pm plan list',
        details: {plan: 'growht'},
      },
    })
  })
})

describe('nothing is suggested', () => {
  it.each([
    [['tenant', 'show', 'nothing like any of them']],
    [['tenant', 'show', '00000000-0000-4000-8000-000000000000']],
    [['plan', 'show', 'x'.repeat(100_000)]],
    [['ip', 'show', '192.0.2.99']],
    [['domain', 'check', 'acme.exmaple', 'lumenhealt.example']],
  ])('where no name is near, a number is meant, or several are wrong', async (argv) => {
    expect(await suggested('op_admin', argv)).toBeUndefined()
  })

  it('of what the operator may not see', async () => {
    const {db} = database.owner
    const plans = db.selectFrom('permissions').select('id').where('name', '=', 'plan.read')
    const viewer = db.selectFrom('staff_roles').select('id').where('name', '=', 'viewer')
    await db
      .deleteFrom('staff_role_permissions')
      .where('permission_id', 'in', plans)
      .where('role_id', 'in', viewer)
      .execute()
    expect(await suggested('op_viewer', ['tenant', 'list', '--plan', 'growht'])).toBeUndefined()
    expect(await suggested('op_admin', ['tenant', 'list', '--plan', 'growht'])).toBe('growth')
  })

  it('that would be taken for a flag, or would drive the terminal', async () => {
    await database.owner.db
      .insertInto('tenants')
      .values([
        {id: randomUUID(), name: '--yes'},
        {id: randomUUID(), name: 'ev\u001B[2Jl corp'},
      ])
      .execute()
    expect(await suggested('op_admin', ['tenant', 'show', '—yes'])).toBeUndefined()
    expect(await suggested('op_admin', ['tenant', 'show', 'ev [2Jl corp'])).toBe("'ev\\u{1b}[2Jl corp'")
  })
})

it('a name is found among very many, where a letter is in another’s place, is too much, or is wrong', async () => {
  const {db} = database.owner
  const names = Array.from({length: 20_000}, (_, at) => ({id: randomUUID(), name: `Aaa Trading ${at}`}))
  await db.insertInto('tenants').values(names.slice(0, 10_000)).execute()
  await db.insertInto('tenants').values(names.slice(10_000)).execute()
  const meant: unknown[] = []
  for (const typed of ['acem', 'accme', 'xacme', 'Aaa Tradnig 777', 'Blue Anchor Shippimg'])
    meant.push(await suggested('op_admin', ['tenant', 'show', typed]))
  expect(meant).toEqual(['Acme', 'Acme', 'Acme', "'Aaa Trading 777'", "'Blue Anchor Shipping'"])
})
