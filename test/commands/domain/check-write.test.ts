import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {ExpectedRecord} from '../../../src/rules/dns-record.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {txtRecord} from '../../support/dns/fake-server.ts'
import {
  above,
  answering,
  behaviours,
  below,
  environmentOf,
  type FakeTree,
  resolving,
  startTree,
} from '../../support/dns/fake-tree.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run, withoutBanner} from '../../support/run.ts'

const before = {
  verification_status: 'failed',
  verification_attempts: 3,
  last_verified_at: '2025-10-20T14:32:00Z',
} as const
const mx: ExpectedRecord = {record_type: 'MX', name: '@', value: 'mail.acme.example.', priority: 10, ...before}
const www: ExpectedRecord = {record_type: 'A', name: 'www', value: '192.0.2.80', ...before}

let database: TestDatabase
let tree: FakeTree
beforeEach(async () => {
  database = await freshDatabase()
  tree = await startTree()
  await ask(database, `delete from domain_ip_assignments where domain_id = (${idOf('acme.example')})`)
  await expectOf(mx, www)
})
afterEach(async () => {
  await tree.close()
  await database.drop()
})

const idOf = (domain: string) => `select id from domains where domain = '${domain}'`
const expectOf = (...records: ExpectedRecord[]) =>
  ask(
    database,
    `update domains set verification_status = 'verified', verified = null, dns_verification_attempts = 7, dns_ttl_observed = null,
       dns_last_verified_at = null, dns_verification_error = null, dns_records = '${JSON.stringify({records})}'
     where domain = 'acme.example'`,
  )
const pm = (argv: readonly string[], env: Record<string, string> = {}) =>
  run({env: {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree), ...env}}, argv)
const check = async (...flags: string[]) => withoutBanner(await pm(['domain', 'check', 'acme.example', ...flags]))
const stored = async () => {
  const [row] = await ask<{attempts: number}>(
    database,
    `select verification_status as status, verified is not null as verified, dns_verification_attempts as attempts,
       dns_ttl_observed as ttl, dns_verification_error as error, dns_last_verified_at is not null as dated, dns_records -> 'records' as records
     from domains where domain = 'acme.example'`,
  )
  return row
}

describe('pm domain check --write stores', () => {
  it('of each record its status, error, attempts, the TTL seen and when it was last verified; and the same of the domain', async () => {
    expect((await check('--write')).exitCode).toBe(9)
    const error = 'www.acme.example has none (NXDOMAIN), and lacks 192.0.2.80.'
    expect(await stored()).toEqual({
      status: 'failed',
      verified: false,
      attempts: 8,
      ttl: 60,
      error,
      dated: false,
      records: [
        {
          ...mx,
          verification_status: 'verified',
          verification_attempts: 4,
          verification_error: null,
          last_verified_at: expect.not.stringMatching('2025-10-20'),
          ttl_observed: 60,
        },
        {...www, verification_attempts: 4, verification_error: error, ttl_observed: null},
      ],
    })
    expect(await changesOf(database)).toMatchObject([
      {permission: 'domain.write', targets: ['domain:acme.example'], images: ['update domains 1']},
    ])
  })

  it.each(['silent', 'refusing', 'failing'] as const)(
    'no failure where the name servers are %s',
    async (how) => {
      for (const own of tree.own) own.behaviour = behaviours[how]
      tree.resolver.behaviour = resolving(above)
      await check('--write')
      expect(await stored()).toMatchObject({
        status: 'verified',
        attempts: 8,
        ttl: null,
        error: expect.stringContaining('ns1.acme.example'),
        records: [mx, www].map((record) => ({
          ...record,
          verification_status: 'error',
          verification_attempts: 4,
          verification_error: expect.stringContaining('ns1.acme.example'),
          ttl_observed: null,
        })),
      })
    },
    60_000,
  )

  it('verified as before while a new key waits for its deployment, and says where, as whom and in which role', async () => {
    const key: ExpectedRecord = {
      record_type: 'DKIM',
      name: 'pm9._domainkey',
      value: `v=DKIM1; k=ed25519; p=${'A'.repeat(43)}=`,
      needs_deployment: true,
    }
    await expectOf(mx, key)
    const {stderr} = await pm(['domain', 'check', 'acme.example', '--write'])
    expect(stderr).toMatch(/^▸ .* · as Ada Admin \(admin\)\n$/)
    expect(await stored()).toMatchObject({
      status: 'verified',
      dated: true,
      records: [{verification_status: 'verified'}, {verification_status: 'pending'}],
    })
  })

  it('what is right at the source and not yet in a cache as verified', async () => {
    const spf: ExpectedRecord = {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 -all'}
    await expectOf(spf)
    const others = below.filter(({name, type}) => name !== 'acme.example' || type !== 'TXT')
    tree.resolver.behaviour = resolving([...above, ...others, txtRecord('acme.example', 'v=spf1 -all')])
    const {stdout, exitCode} = await check('--write', '-o', 'json')
    const [{verdicts}] = JSON.parse(stdout)
    expect({exitCode, verdicts}).toMatchObject({exitCode: 0, verdicts: [{state: 'propagating', retry_after_s: 300}]})
    expect(await stored()).toMatchObject({
      status: 'verified',
      verified: true,
      records: [{verification_status: 'verified'}],
    })
  })

  it.each([
    ['SPF', '@', 'v=spf1 ip4:192.0.2.25 -all', 'v=spf1 ip4:192.0.2.25 \0\x1b[2J -all'],
    ['DMARC', '_dmarc', 'v=DMARC1; p=reject', 'v=DMARC1; p=\0\x1b[2J'],
    ['DMARC', '_dmarc', 'v=DMARC1; p=reject', '\0 hello'],
    ['DKIM', 's1._domainkey', `v=DKIM1; k=ed25519; p=${'A'.repeat(43)}=`, '\0 no key'],
  ] as const)(
    'the error also where the %s that is published has bytes in it that the database cannot hold',
    async (record_type, name, value, live) => {
      await expectOf({record_type, name, value})
      const at = name === '@' ? 'acme.example' : `${name}.acme.example`
      const others = below.filter((record) => record.name !== at || record.type !== 'TXT')
      for (const own of tree.own) own.behaviour = answering([...others, txtRecord(at, live)])
      const {exitCode, stderr} = await check('--write')
      expect({exitCode, stderr}).toEqual({exitCode: 9, stderr: ''})
      expect(await stored()).toMatchObject({status: 'failed', error: expect.any(String), attempts: 8})
    },
  )

  it('nothing of a domain whose records another changed meanwhile, and says so', async () => {
    const [first] = tree.own
    const {behaviour} = first
    first.behaviour = async (incoming) => {
      first.behaviour = behaviour
      await expectOf(www)
      behaviour(incoming)
    }
    const {exitCode, stderr} = await check('--write')
    expect({exitCode, stderr}).toEqual({
      exitCode: 9,
      stderr: '! The records of acme.example were changed while they were checked.\n',
    })
    expect({stored: await stored(), changes: await changesOf(database)}).toMatchObject({
      stored: {attempts: 7, records: [www]},
      changes: [],
    })
  })

  it('all or nothing where its connection is lost meanwhile', async () => {
    const [first] = tree.own
    const {behaviour} = first
    first.behaviour = async (incoming) => {
      first.behaviour = behaviour
      await ask(
        database,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and usename like '%op_admin'`,
      )
      behaviour(incoming)
    }
    const {exitCode} = await check('--write')
    const changes = (await changesOf(database)).length
    // A connection that is known to be gone is replaced; one that goes in the middle of the writing is an error.
    expect([
      {exitCode: 9, changes: 1, attempts: 8},
      {exitCode: 11, changes: 0, attempts: 7},
    ]).toContainEqual({exitCode, changes, attempts: (await stored())?.attempts})
  })

  it('nothing in a dry run, and nothing because PM_WRITE allows to write', async () => {
    await check('--write', '--dry-run')
    await pm(['domain', 'check', 'acme.example'], {PM_WRITE: '1'})
    expect({stored: await stored(), changes: await changesOf(database)}).toMatchObject({
      stored: {attempts: 7, records: [mx, www]},
      changes: [],
    })
  })
})

function namesIn(rows: readonly {domain?: unknown}[]): string[] {
  return rows.map(({domain}) => String(domain)).sort()
}

describe('pm domain check chooses', () => {
  beforeEach(() => {
    tree.resolver.behaviour = behaviours.cutOff
  })
  const chosen = async (...flags: string[]) => {
    const {stdout} = await pm(['domain', 'check', ...flags, '-o', 'name'])
    return stdout.trimEnd().split('\n').sort()
  }
  const domains = async (where: string) => {
    const rows = await ask(
      database,
      `select d.domain from domains d join tenants t on t.id = d.tenant_id where ${where}`,
    )
    return namesIn(rows)
  }

  it('the domains of a tenant', async () => {
    expect(await chosen('--tenant', 'Acme')).toEqual(await domains(`t.name = 'Acme'`))
  })

  it('those whose verification stands so', async () => {
    expect(await chosen('--status', 'failed,pending')).toEqual(
      await domains(`d.verification_status in ('failed', 'pending')`),
    )
  })

  it('all of them', async () => {
    const all = await ask(database, 'select domain from domains')
    expect(await chosen('--all')).toEqual(namesIn(all))
  })

  it('one by its id or however it is typed', async () => {
    const [row] = await ask<{id: string}>(database, `select id from domains where domain = 'acme.example'`)
    expect(await chosen(row?.id ?? '', 'Acme-Events.Example.', 'ペンギン.example')).toEqual([
      'acme-events.example',
      'acme.example',
      'xn--ockte5cb.example',
    ])
  })

  it('those in a file', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'pm-check-')), 'domains.csv')
    writeFileSync(file, 'id,domain\n1,ACME.example\n2,news.acme.example\n')
    expect(await chosen('--from-file', file)).toEqual(['acme.example', 'news.acme.example'])
  })
})

it('keeps the shape of its JSON', async () => {
  const {stdout} = await check('-o', 'json')
  const [domain] = JSON.parse(stdout)
  const [finding] = domain.findings
  const [verdict] = domain.verdicts
  expect([domain, finding, verdict, verdict.live[0]].map((part) => Object.keys(part).sort().join(' '))).toEqual([
    'change domain errors findings first muted outcome tenant unknown verdicts warnings zone',
    'cause_of code expected fix level live message name references retry_after_s section subject type',
    'error live name position retry_after_s state status subject ttl type',
    'aliases authoritative ms rcode records server transport ttl',
  ])
})

it('checks only what is behind the one that --after names, which must be in the list', async () => {
  const [other = {domain: ''}] = await ask<{domain: string}>(
    database,
    "select domain from domains where domain <> 'acme.example' order by domain limit 1",
  )
  const after = (domain: string) =>
    pm(['domain', 'check', 'acme.example', other.domain, '--after', domain, '-o', 'name'])
  expect((await after('acme.example')).stdout).toBe(`${other.domain}\n`)
  expect((await after(other.domain)).stdout).toBe('')
  expect(await pm(['domain', 'check', 'acme.example', '--after', other.domain])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'Error: What --after names is not in the list.\nName one that is, or leave it out. (usage, exit 2)\n',
  })
})
