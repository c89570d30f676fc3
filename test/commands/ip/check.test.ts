import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import type {Behaviour} from '../../support/dns/fake-server.ts'
import {behaviours, environmentOf, type FakeTree, startTree} from '../../support/dns/fake-tree.ts'
import {listing} from '../../support/dns/listing.ts'
import {ask, changesOf, refusalsOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'

const key = 'abcdefghijklmnopqrstuvwxy1'
const ip = '203.0.113.24'

let database: TestDatabase
let tree: FakeTree
beforeEach(async () => {
  database = await freshDatabase()
  tree = await startTree()
  tree.resolver.behaviour = listing(ip)
  await ask(database, 'update smtp_ip_addresses set provider_blacklist_status = null, last_reputation_check = null')
})
afterEach(async () => {
  await tree.close()
  await database.drop()
})

const pm = (argv: readonly string[], {login = 'op_admin', ...env}: Record<string, string> & {login?: string} = {}) =>
  run({env: {DATABASE_URL: database.url(login), ...environmentOf(tree), ...env}}, argv)
const check = (...argv: string[]) => pm(['ip', 'check', ...argv])
const stored = async (address: string) => {
  const [row] = await ask(
    database,
    `select provider_blacklist_status -> 'listed' as listed, provider_blacklist_status -> 'lists' -> 'zen.spamhaus.org' as zen,
       last_reputation_check is not null as dated, status from smtp_ip_addresses where ip_address = '${address}'`,
  )
  return row
}

describe('pm ip check', () => {
  it('tells a listed IP from one that is not', async () => {
    const {stdout, exitCode} = await check(ip, '203.0.113.25', '-o', 'json')
    const rows: {ip: string; outcome: string; listed: string[]; unknown: string[]}[] = JSON.parse(stdout)
    const seen = rows.map(({ip, outcome, listed, unknown}) => ({
      ip,
      outcome,
      listed,
      zen: unknown.includes('zen.spamhaus.org'),
    }))
    expect({exitCode, seen: seen.sort((a, b) => a.ip.localeCompare(b.ip))}).toEqual({
      exitCode: 9,
      seen: [
        {ip, outcome: 'failing', listed: ['zen.spamhaus.org'], zen: false},
        {ip: '203.0.113.25', outcome: 'unknown', listed: [], zen: false},
      ],
    })
  })

  it('stores all of it with --write, also where nobody reads it', async () => {
    const argv = ['ip', 'check', ip, '203.0.113.25', '--write', '-o', 'name']
    const {exitCode} = await run(
      {env: {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)}, reads: 0},
      argv,
    )
    expect([exitCode, await stored(ip), await stored('203.0.113.25')]).toMatchObject([9, {dated: true}, {dated: true}])
  })

  it.each(['silent', 'refusing', 'failing'] as const)(
    'knows nothing where the resolver is %s',
    async (how) => {
      tree.resolver.behaviour = behaviours[how]
      const {stdout, exitCode} = await check(ip, '-o', 'json')
      const [{outcome, listed, ptr}] = JSON.parse(stdout)
      expect({exitCode, outcome, listed, ptr}).toEqual({exitCode: 10, outcome: 'unknown', listed: [], ptr: null})
    },
    60_000,
  )

  it('asks about any address, and stores nothing of those that are not in the pool', async () => {
    tree.resolver.behaviour = listing('198.51.100.99')
    const {stdout, stderr, exitCode} = await check('198.51.100.99', ip, '--write', '--reason', 'a look', '-o', 'json')
    const rows: {ip: string; in_pool: boolean; listed: string[]; change: number | null}[] = JSON.parse(stdout)
    const seen = rows.map(({ip, in_pool, listed, change}) => ({ip, in_pool, listed, change}))
    expect({exitCode, stderr, seen: seen.sort((a, b) => a.ip.localeCompare(b.ip))}).toEqual({
      exitCode: 9,
      stderr: expect.stringMatching(
        /^▸ .* · as Ada Admin \(admin\)\n! Not in the pool: 198\.51\.100\.99\. What is found of it is not stored\.\n$/,
      ),
      seen: [
        {ip: '198.51.100.99', in_pool: false, listed: ['zen.spamhaus.org'], change: null},
        {ip, in_pool: true, listed: [], change: 1},
      ],
    })
    expect(await changesOf(database)).toHaveLength(1)
  })

  it('stores what the lists said, when asked to, in one change', async () => {
    await check(ip)
    expect(await stored(ip)).toMatchObject({zen: null})
    const {exitCode} = await check(ip, '--write', '--reason', 'daily look')
    expect({exitCode, stored: await stored(ip), changes: await changesOf(database)}).toMatchObject({
      exitCode: 9,
      stored: {
        listed: ['zen.spamhaus.org'],
        zen: {status: 'listed', code: '127.0.0.2', reason: 'SBL: spam source'},
        dated: true,
      },
      changes: [
        {permission: 'ip.write', reason: 'daily look', targets: [`ip:${ip}`], images: ['update smtp_ip_addresses 1']},
      ],
    })
  })

  it('stores also a reason with bytes in it that the database cannot hold', async () => {
    tree.resolver.behaviour = listing(ip, undefined, 'spam\0\x1b[2J')
    expect(await check(ip, '--write')).toMatchObject({exitCode: 9})
    expect(await stored(ip)).toMatchObject({zen: {status: 'listed', reason: 'spam␀\x1b[2J'}})
  })

  it('stores what it can, and tells of the one that a trigger of the platform refuses', async () => {
    await ask(
      database,
      `create function boom() returns trigger language plpgsql as $$ begin raise exception 'boom'; end $$;
       create trigger boom before update on smtp_ip_addresses for each row when (new.ip_address = '${ip}')
         execute function boom()`,
    )
    const {exitCode, stderr} = await check(ip, '203.0.113.25', '--write')
    expect([exitCode, stderr]).toEqual([9, expect.stringContaining(`! ${ip}: boom\n`)])
    expect([await stored(ip), await stored('203.0.113.25')]).toMatchObject([{dated: false}, {dated: true}])
  })

  it('stores a list that could not say as unknown, never as clean', async () => {
    tree.resolver.behaviour = behaviours.failing
    await check(ip, '--write')
    expect(await stored(ip)).toMatchObject({listed: [], zen: {status: 'unknown'}, dated: true})
  })

  it('says how to quarantine what is listed, where nobody is there to ask, and does not do it', async () => {
    const {stderr} = await check(ip, '203.0.113.25', '--write')
    expect(stderr).toContain(`To quarantine what is listed: pm ip quarantine ${ip}`)
    expect(await stored(ip)).toMatchObject({status: 'warmed'})
  })

  it('does not offer to quarantine what is in quarantine', async () => {
    await ask(database, `update smtp_ip_addresses set status = 'quarantined' where ip_address = '${ip}'`)
    expect((await check(ip, '--write')).stderr).not.toContain('quarantine')
  })

  it('checks all that are not burned', async () => {
    tree.resolver.behaviour = behaviours.failing
    const {stdout} = await check('--all', '-o', 'name')
    const rows = await ask(database, `select ip_address as ip from smtp_ip_addresses where status <> 'burned'`)
    expect(stdout.trimEnd().split('\n').sort()).toEqual(rows.map((row) => String(Object.values(row)[0])).sort())
  })

  it.each([
    [[ip, '--all'], 2, 'Name IPs, or choose them all with --all: not both.'],
    [['--all', '--from-file', '/nowhere'], 2, 'Name IPs, or choose them all with --all: not both.'],
    [['acme.example'], 2, 'is not an IP address'],
  ])('%j ends with %i', async (argv, exitCode, message) => {
    expect(await check(...argv)).toEqual({exitCode, stdout: '', stderr: expect.stringContaining(message)})
  })

  it('is refused without ip.write, stores nothing and leaves a trace', async () => {
    const {exitCode} = await pm(['ip', 'check', ip, '--write'], {login: 'op_viewer'})
    expect({exitCode, stored: await stored(ip)}).toMatchObject({exitCode: 5, stored: {zen: null}})
    expect(await refusalsOf(database)).toMatchObject([{permission: 'ip.write', login: 'op_viewer'}])
  })
})

describe('the key of the Data Query Service', () => {
  const zone = `${key}.zen.dq.spamhaus.net`
  const repeating: Behaviour = ({question, reply}) =>
    reply({
      recursionAvailable: true,
      answers: [
        {name: question.name, type: 'CNAME', ttl: 60, data: `loop.${zone}`},
        {name: `loop.${zone}`, type: 'CNAME', ttl: 60, data: question.name},
      ],
    })

  it('is asked with', async () => {
    tree.resolver.behaviour = listing(ip, zone)
    const {stdout} = await pm(['ip', 'check', ip, '-o', 'json'], {PM_DQS_KEY: key})
    expect(JSON.parse(stdout)[0].listed).toEqual(['zen.spamhaus.org'])
    expect(tree.resolver.asked).toContain(`udp 24.113.0.203.${zone} A`)
  })

  it.each([
    ['listed', listing(ip, zone)],
    ['failing', behaviours.failing],
    ['cut off', behaviours.cutOff],
    ['an alias loop', repeating],
  ])(
    'is in no output and not stored: %s',
    async (_, behaviour) => {
      tree.resolver.behaviour = behaviour
      for (const format of ['json', 'table', 'wide', 'csv', 'yaml']) {
        const {stdout, stderr} = await pm(['ip', 'check', ip, '--write', '-o', format], {PM_DQS_KEY: key})
        expect(`${stdout}${stderr}`.toLowerCase()).not.toContain(key)
      }
      const rows = await ask(database, `select provider_blacklist_status::text as status from smtp_ip_addresses`)
      expect(JSON.stringify(rows)).not.toContain(key)
    },
    60_000,
  )

  it('is not repeated by the error that it is none', async () => {
    const {exitCode, stdout, stderr} = await pm(['ip', 'check', ip], {PM_DQS_KEY: `${key} oops`})
    expect({exitCode, leaked: `${stdout}${stderr}`.includes(key)}).toEqual({exitCode: 2, leaked: false})
  })
})
