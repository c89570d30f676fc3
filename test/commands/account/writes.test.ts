import {describe, expect, it} from 'vitest'
import {resetCounts} from '../../../src/changes/account/reset-count.ts'
import {suspendAccounts} from '../../../src/changes/account/status.ts'
import {freshDatabase} from '../../support/database.ts'
import {applyLate, as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const [hello, newsletter] = ['hello@acme.example', 'newsletter@news.acme.example']
const failed = 'sales@northline.example'
const accounts = (column: string) =>
  `select email, ${column} from email_accounts where email in ('${hello}', '${newsletter}', '${failed}') order by 1`
const shared = {
  consent: ['--yes'],
  refusedAs: 'op_billing',
  permission: 'account.write',
}

describe('pm account suspend', () => {
  holdsAsWrite('of two accounts', {
    ...shared,
    argv: ['account', 'suspend', newsletter, hello],
    rows: accounts('status'),
    after: [
      {email: hello, status: 'suspended'},
      {email: newsletter, status: 'suspended'},
      {email: failed, status: 'error'},
    ],
    targets: [`account:${newsletter}`, `account:${hello}`, 'tenant:Acme'],
    images: ['update email_accounts 2'],
  })

  it('says whose accounts stop, and which campaigns send by them', async () => {
    const {stderr} = await dryRun(['account', 'suspend', newsletter, failed])
    expect(stderr).toContain('Stop 2 accounts of 2 tenants from sending.')
    expect(stderr).toContain('! Sending by them now: Winter Sale.')
  })

  it('changes nothing when between plan and commit one of them was changed', async () => {
    const {error, changes} = await applyLate(
      suspendAccounts,
      {accounts: [hello, newsletter]},
      `update email_accounts set status = 'error' where email = '${hello}'`,
    )
    expect(error).toMatchObject({reason: 'conflict', details: {changed: [`account ${hello}`]}})
    expect(changes).toBe(0)
  })
})

describe('pm account activate', () => {
  holdsAsWrite('of a failed account', {
    ...shared,
    argv: ['account', 'activate', failed],
    rows: accounts('status'),
    after: [
      {email: hello, status: 'active'},
      {email: newsletter, status: 'active'},
      {email: failed, status: 'active'},
    ],
    targets: [`account:${failed}`, 'tenant:Northline Recruiting'],
    images: ['update email_accounts 1'],
  })

  it('leaves those alone that are active already, and says so', async () => {
    const {exitCode, stderr} = await dryRun(['account', 'activate', hello, failed])
    expect({exitCode, stderr}).toMatchObject({exitCode: 9})
    expect(stderr).toContain(`Let ${failed} of Northline Recruiting send again.`)
    expect(stderr).toContain(`! Left alone, active already: ${hello}.`)
    const none = await dryRun(['account', 'activate', hello])
    expect(none).toMatchObject({exitCode: 0, stdout: ''})
    expect(none.stderr).toContain('Nothing to do.')
  })

  it('brings an account out of a state that pm does not know', async () => {
    const {stderr, exitCode} = await dryRun(
      ['account', 'activate', hello],
      `update email_accounts set status = 'migrating' where email = '${hello}'`,
    )
    expect({exitCode, stderr}).toMatchObject({exitCode: 9})
    expect(stderr).toContain('status: migrating → active')
  })
})

describe('pm account reset-count', () => {
  const counts = `select email, daily_count as sent from email_accounts where email = '${newsletter}'`

  holdsAsWrite('of an account', {
    ...shared,
    argv: ['account', 'reset-count', newsletter],
    rows: counts,
    after: [{email: newsletter, sent: 0}],
    targets: [`account:${newsletter}`, 'tenant:Acme'],
    images: ['update email_accounts 1'],
  })

  it('changes nothing when the account sent meanwhile', async () => {
    const {error, changes} = await applyLate(
      resetCounts,
      {accounts: [newsletter]},
      `update email_accounts set daily_count = daily_count + 1 where email = '${newsletter}'`,
    )
    expect(error).toMatchObject({reason: 'conflict'})
    expect(changes).toBe(0)
  })

  it('leaves an account alone whose count is null, which is none', async () => {
    const {exitCode, stderr} = await dryRun(
      ['account', 'reset-count', newsletter],
      `update email_accounts set daily_count = null where email = '${newsletter}'`,
    )
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain('Nothing to do.')
  })
})

describe('accounts', () => {
  it('are named by id, by address in any case, from a file and stdin', async () => {
    const database = await freshDatabase()
    const [row] = await ask<{id: string}>(database, `select id from email_accounts where email = '${hello}'`)
    const argv = ['account', 'suspend', '-', String(row?.id), 'SALES@ACME.EXAMPLE', '-o', 'json', '--yes']
    const {exitCode, stdout} = await run(as(database, 'op_support', {stdin: `# stop\n${newsletter}\n`}), argv)
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({change: 1, job: {items: 3, changed: 3, already: 0}})
    const found = await run(as(database, 'op_admin'), [
      'audit',
      'list',
      '--target',
      `account:${newsletter}`,
      '-o',
      'name',
    ])
    expect(found.stdout).toBe('1\n')
    await database.drop()
  })

  it.each([
    [['account', 'suspend', 'nobody@acme.example', hello], 3, 'No e-mail account nobody@acme.example.'],
    [['account', 'activate', 'a@x', 'b@x'], 3, 'No e-mail accounts a@x, b@x.'],
    [['account', 'suspend', 'a\u001b[2Jb'], 2, '“a\\u{1b}[2Jb” cannot be a name.'],
    [['account', 'reset-count'], 2, 'Which account?'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const database = await freshDatabase()
    const ran = await run(as(database, 'op_support'), [...argv, '--yes'])
    expect({exitCode: ran.exitCode, stdout: ran.stdout, changes: await changesOf(database)}).toEqual({
      exitCode,
      stdout: '',
      changes: [],
    })
    expect(ran.stderr).toContain(message)
    await database.drop()
  })

  it('that share an address are told apart by id', async () => {
    const {exitCode, stderr} = await dryRun(
      ['account', 'suspend', hello],
      `insert into email_accounts (tenant_id, email) select tenant_id, 'Hello@Acme.example' from email_accounts where email = '${failed}'`,
    )
    expect({exitCode, stderr}).toMatchObject({exitCode: 6})
    expect(stderr).toContain(`Several e-mail accounts fit ${hello}.`)
    expect(stderr).toMatch(/Give the id: [-0-9a-f]{36} \((Acme|Northline Recruiting)\), [-0-9a-f]{36} \(/)
  })
})

async function dryRun(argv: readonly string[], arrange = 'select 1', world: World = {}) {
  const database = await freshDatabase()
  await ask(database, arrange)
  const ran = await run(as(database, 'op_support', world), [...argv, '--dry-run'])
  await database.drop()
  return ran
}
