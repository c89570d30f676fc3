import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {pauseCampaigns} from '../../../src/changes/campaign/status.ts'
import {sandboxId} from '../../../src/db/sandbox/sandbox-id.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {applyLate, as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const statuses = (...names: string[]) =>
  `select name, status from campaigns where name in (${names.map((name) => `'${name}'`).join(', ')}) order by 1`
const idOf = (tenant: string, name: string) => sandboxId(`campaign:${tenant}:${name}`)
const shared = {consent: ['--yes'], refusedAs: 'op_billing', permission: 'campaign.write'}

describe('pm campaign pause', () => {
  holdsAsWrite('of one that sends and one that is scheduled', {
    ...shared,
    argv: ['campaign', 'pause', 'winter sale', 'Julekalender'],
    rows: statuses('Winter Sale', 'Julekalender'),
    after: [
      {name: 'Julekalender', status: 'paused'},
      {name: 'Winter Sale', status: 'paused'},
    ],
    targets: [
      `campaign:${idOf('acme', 'Winter Sale')}`,
      `campaign:${idOf('soester', 'Julekalender')}`,
      'tenant:Acme',
      'tenant:Søster & Co',
    ],
    images: ['update campaigns 2'],
  })

  it('changes nothing when a campaign was completed between plan and commit', async () => {
    const {error, changes} = await applyLate(
      pauseCampaigns,
      {campaigns: ['Winter Sale']},
      `update campaigns set status = 'completed' where name = 'Winter Sale'`,
    )
    expect(error).toMatchObject({reason: 'conflict', details: {changed: ['campaign Winter Sale of Acme']}})
    expect(changes).toBe(0)
  })
})

describe('pm campaign resume', () => {
  holdsAsWrite('of one whose time has come', {
    ...shared,
    argv: ['campaign', 'resume', 'Wholesale Re-order'],
    rows: statuses('Wholesale Re-order'),
    after: [{name: 'Wholesale Re-order', status: 'sending'}],
    targets: [`campaign:${idOf('acme', 'Wholesale Re-order')}`, 'tenant:Acme'],
    images: ['update campaigns 1'],
  })

  it('lets a campaign wait again whose time has not come', async () => {
    const {rows} = await resume(
      `update campaigns set scheduled = now() + interval '1 hour' where name = 'Wholesale Re-order'`,
    )
    expect(rows).toEqual([{name: 'Wholesale Re-order', status: 'scheduled'}])
  })

  it('says what would keep it from sending', async () => {
    const {stderr} = await resume(
      `update tenants set deleted = now() where name = 'Acme';
       update email_accounts set status = 'error' where email = 'newsletter@news.acme.example'`,
    )
    expect(stderr).toContain('! Deleted, so that nothing of theirs is sent: Acme.')
    expect(stderr).toContain('! They send by what cannot send: newsletter@news.acme.example (error).')
    const {stderr: empty} = await resume('delete from campaign_sequence_steps')
    expect(empty).toContain('! Without any step: Wholesale Re-order.')
  })
})

describe('campaigns', () => {
  it('that are so already are left alone', async () => {
    const database = await freshDatabase()
    const pm = (...argv: string[]) => run(as(database, 'op_support'), ['campaign', ...argv])
    const paused = await pm('pause', "Orchard's Best")
    const going = await pm('resume', 'Winter Sale', 'Julekalender')
    expect([paused.exitCode, going.exitCode, await changesOf(database)]).toEqual([0, 0, []])
    expect(paused.stderr).toContain("! Left alone, paused already: Orchard's Best.")
    expect(going.stderr).toContain('! Left alone, going on already: Winter Sale, Julekalender.')
    await database.drop()
  })

  it.each([
    [['pause', 'Spring Preview'], 6, 'Spring Preview is draft and cannot become paused.'],
    [['resume', 'Loyalty Thank-you'], 6, 'Loyalty Thank-you is completed and cannot become sending.'],
    [['pause', 'Winter Sale', 'Spring Preview'], 6, 'Spring Preview is draft'],
    [
      ['pause', 'Spring Preview', 'Winter Sale', 'Loyalty Thank-you'],
      6,
      'Spring Preview is draft and cannot become paused. Loyalty Thank-you is completed and cannot become paused. Nothing was changed.',
    ],
    [['pause', 'Nothing of the kind'], 3, 'No campaign Nothing of the kind.'],
    [['resume', '00000000-0000-0000-0000-000000000000'], 3, 'No campaign 00000000'],
    [['pause'], 2, 'Which campaign?'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const database = await freshDatabase()
    const before = await ask(database, 'select id, status from campaigns order by 1')
    const ran = await run(as(database, 'op_support'), ['campaign', ...argv, '--yes'])
    expect({exitCode: ran.exitCode, stdout: ran.stdout, changes: await changesOf(database)}).toEqual({
      exitCode,
      stdout: '',
      changes: [],
    })
    expect(ran.stderr).toContain(message)
    expect(await ask(database, 'select id, status from campaigns order by 1')).toEqual(before)
    await database.drop()
  })

  it('are paused as a list of ids piped in from campaign list', async () => {
    const database = await freshDatabase()
    const world = as(database, 'op_operations')
    const {stdout} = await run(world, ['campaign', 'list', '--status', 'sending', '-o', 'name'])
    const {exitCode, stderr} = await run({...world, stdin: stdout}, ['campaign', 'pause', '-', '--yes'])
    expect({exitCode, headline: stderr.includes('Pause 7 campaigns.')}).toEqual({
      exitCode: 0,
      headline: true,
    })
    expect(await ask(database, `select name from campaigns where status = 'sending'`)).toEqual([])
    await database.drop()
  })
})

describe('another list of campaigns piped in', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await freshDatabase()
    await ask(
      database,
      `update campaigns set status = case when name in ('Winter Sale', 'Wholesale Re-order') then 'sending' else 'draft' end;
       update campaigns set name = case name when 'Winter Sale' then '# urgent' else 'Name' end where status = 'sending'`,
    )
  })
  afterAll(() => database.drop())

  it.each([
    '',
    '--sort campaign',
    '--sort -campaign',
    '-o csv',
    '-o csv --no-header --sort -campaign',
    '--fields campaign,status --sort -campaign',
    '--fields campaign --sort -campaign',
    '-o csv --fields campaign',
    '-o ndjson',
    '-o json',
  ])('goes through whole, whatever they are called: %j', async (how) => {
    const world = as(database, 'op_operations')
    const {stdout} = await run(world, ['campaign', 'list', '--status', 'sending', ...how.split(' ').filter(Boolean)])
    const {exitCode, stderr} = await run({...world, stdin: stdout}, ['campaign', 'pause', '-', '--dry-run'])
    expect(stderr).toContain('Pause 2 campaigns.')
    expect(exitCode).toBe(9)
  })

  it.each(['', '-o csv', '-o ndjson', '-o json'])(
    'goes by the ids, whatever the names are, some of them ids of others: %j',
    async (how) => {
      const [other = {id: ''}] = await ask<{id: string}>(
        database,
        "select id from campaigns where name = 'Julekalender'",
      )
      await ask(database, `update campaigns set name = '${other.id}' where name = 'Name'`)
      await ask(
        database,
        `insert into campaigns (tenant_id, company_id, name, status)
        select tenant_id, company_id, '# urgent', 'draft' from campaigns where name = '# urgent' limit 1`,
      )
      const world = as(database, 'op_operations')
      const {stdout} = await run(world, ['campaign', 'list', '--status', 'sending', ...how.split(' ').filter(Boolean)])
      const argv = ['campaign', 'pause', '-', '--dry-run', '-o', 'name']
      const ran = await run({...world, stdin: stdout}, argv)
      const sending = await ask<{id: string}>(database, "select id from campaigns where status = 'sending' order by 1")
      expect(ran.stdout.trim().split('\n').sort()).toEqual(sending.map(({id}) => id))
    },
  )
})

async function resume(arrange: string) {
  const database = await freshDatabase()
  await ask(database, arrange)
  const {stderr} = await run(as(database, 'op_support'), ['campaign', 'resume', 'Wholesale Re-order', '--yes'])
  const rows = await ask(database, statuses('Wholesale Re-order'))
  await database.drop()
  return {stderr, rows}
}
