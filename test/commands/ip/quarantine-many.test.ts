import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as, carryOut} from '../../support/ip-write.ts'
import {differences} from '../../support/pool-diff.ts'
import {ask, changesOf, poolOf, torn, wrongCounts, wrongImages} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const list = (...argv: string[]) => ['ip', 'quarantine', '-', ...argv]
const named = (...ips: string[]) => ({stdin: ips.join('\n')})

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pm-quarantine-'))
})
afterAll(() => rmSync(folder, {recursive: true}))

/** Who goes where: `acme.example 192.0.2.10`. */
const hosts = (wrote: readonly string[]) =>
  wrote.filter((line) => line.startsWith('+')).map((line) => line.replace(/^\+ (\S+) on (\S+): .*$/, '$1 $2'))
const counts = (wrote: readonly string[]) => wrote.filter((line) => line.startsWith('~ ip'))

// Nothing in the platform's tables forbids it.
const alsoOn = (ip: string) => `
  with host as (update smtp_ip_addresses set assigned_count = assigned_count + 1 where ip_address = '${ip}' returning id)
  insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status, warmup_state, assigned)
  select d.id, host.id, 'active', 'warmed', now() from domains d, host where d.domain = 'acme.example'`

/** A database with a plan that was saved, to do it when something happened. */
async function saved(ips: readonly string[], work: (world: Saved) => Promise<void>): Promise<void> {
  const database = await freshDatabase()
  const file = join(mkdtempSync(join(folder, 'plan-')), 'plan.json')
  const pm = (...argv: string[]) => run(as(database, 'op_operations'), argv)
  try {
    expect(await run(as(database, 'op_operations', named(...ips)), list('--save', file))).toMatchObject({exitCode: 0})
    const before = await poolOf(database)
    const results = async (job = 1) => {
      const {stdout} = await pm('job', 'results', `${job}`, '-o', 'json')
      const told: {target: string; outcome: string; reason: string | null}[] = JSON.parse(stdout)
      const lines = told.map(({target, outcome, reason}) => `${target} ${outcome}${reason ? `: ${reason}` : ''}`)
      return lines.sort()
    }
    await work({
      database,
      pm,
      before,
      results,
      apply: (...argv) => pm('ip', 'quarantine', '--apply', file, '--yes', ...argv),
      wrote: async () => differences(database, before, await poolOf(database)),
    })
  } finally {
    await database.drop()
  }
}

interface Saved {
  database: TestDatabase
  before: Record<string, unknown>
  pm(...argv: string[]): ReturnType<typeof run>
  apply(...argv: string[]): ReturnType<typeof run>
  wrote(): Promise<string[]>
  results(job?: number): Promise<string[]>
}

describe('pm ip quarantine of a list', () => {
  holdsAsWrite('as a job', {
    argv: list(),
    stdin: '192.0.2.141\n198.51.100.145\n',
    consent: ['--yes'],
    refusedAs: 'op_viewer',
    permission: 'ip.write',
    rows: `select ip_address as ip, status, assigned_count as domains from smtp_ip_addresses
      where ip_address in ('192.0.2.141', '198.51.100.145', '198.51.100.31', '198.51.100.32') order by 1`,
    after: [
      {ip: '192.0.2.141', status: 'quarantined', domains: 0},
      {ip: '198.51.100.145', status: 'quarantined', domains: 0},
      {ip: '198.51.100.31', status: 'warmed', domains: 3},
      {ip: '198.51.100.32', status: 'warmed', domains: 3},
    ],
    targets: [],
    images: [
      'insert pm.jobs 1',
      'insert domain_ip_assignments 2',
      'update domain_ip_assignments 2',
      'update smtp_ip_addresses 4',
    ],
  })

  it('moves every domain, writes each row once, counts truly on both sides, and can be undone whole', async () => {
    const database = await freshDatabase()
    const before = await poolOf(database)
    const pm = (argv: string[], world = {}) => run(as(database, 'op_operations', world), argv)
    expect(await pm(list('--yes'), named('203.0.113.24', '198.51.100.141', '192.0.2.10'))).toMatchObject({exitCode: 0})
    const after = await poolOf(database)
    const wrote = await differences(database, before, after)
    expect(counts(wrote)).toMatchInlineSnapshot(`
      [
        "~ ip 192.0.2.10: status warmed → quarantined, assigned_count 2 → 0",
        "~ ip 192.0.2.11: assigned_count 1 → 6",
        "~ ip 198.51.100.140: assigned_count 3 → 6",
        "~ ip 198.51.100.141: status warmed → quarantined, assigned_count 3 → 0",
        "~ ip 203.0.113.20: assigned_count 2 → 5",
        "~ ip 203.0.113.21: assigned_count 2 → 5",
        "~ ip 203.0.113.24: status warmed → quarantined, assigned_count 9 → 0",
      ]
    `)
    expect(hosts(wrote).filter((line) => line.endsWith(' 192.0.2.10'))).toEqual([])
    const [change] = await changesOf(database)
    const images = change?.images.filter((image) => !image.includes('pm.jobs')) ?? []
    expect(images.reduce((sum, image) => sum + Number(image.split(' ')[2]), 0)).toBe(wrote.length)
    expect([await wrongCounts(database), await torn(database)]).toEqual([[], []])
    expect(await pm(['audit', 'undo', '1', '--yes'])).toMatchObject({exitCode: 0})
    expect(await differences(database, before, await poolOf(database))).toEqual([])
    // And that, too: they are as they were after the job.
    expect(await pm(['audit', 'undo', '2', '--yes'])).toMatchObject({exitCode: 0})
    expect(await differences(database, after, await poolOf(database))).toEqual([])
    await database.drop()
  })

  it('writes the images itself where identity is declared: each row as it was and is', async () => {
    const database = await freshDatabase()
    const home = mkdtempSync(join(folder, 'declared-'))
    const there = ['--url', database.url('postgres'), '--declared-email', 'olga@penguinmails.example']
    await run({home}, ['context', 'add', 'declared', '--kind', 'development', ...there])
    const before = await poolOf(database)
    const ran = await run(
      {home, ...named('203.0.113.24', '198.51.100.141', '192.0.2.10')},
      list('--yes', '-c', 'declared'),
    )
    expect(ran).toMatchObject({exitCode: 0})
    expect(await changesOf(database)).toMatchObject([
      {
        enforced_by: 'transaction',
        images: ['insert domain_ip_assignments 14', 'update domain_ip_assignments 14', 'update smtp_ip_addresses 7'],
      },
    ])
    expect(await wrongImages(database, 1, before)).toEqual([])
    expect(await wrongCounts(database)).toEqual([])
    expect(await run({home}, ['audit', 'undo', '1', '--yes', '-c', 'declared'])).toMatchObject({exitCode: 0})
    expect(await differences(database, before, await poolOf(database))).toEqual([])
    await database.drop()
  })

  it('is the same in the sandbox', async () => {
    const home = mkdtempSync(join(folder, 'sandbox-'))
    const pool = async () => (await run({home}, ['ip', 'list', '--fields', 'ip,status,domains', '-o', 'csv'])).stdout
    const before = await pool()
    const ran = await run({home, ...named('203.0.113.24', '192.0.2.10')}, list('--yes'))
    expect(ran).toMatchObject({exitCode: 0})
    expect(await pool()).toContain('203.0.113.24,quarantined,0')
    expect(await run({home}, ['audit', 'undo', '1', '--yes'])).toMatchObject({exitCode: 0})
    expect(await pool()).toBe(before)
  })

  it('says in the plan how many domains go where, what is left out and why, and what is sending', async () => {
    const ips = named('203.0.113.24', '203.0.113.28', '203.0.113.26', '192.0.2.99')
    const {ran} = await carryOut(list('--dry-run'), ips)
    expect(ran.exitCode).toBe(9)
    expect(ran.stderr.replaceAll(/pm_[0-9a-f]{12}|:\d+(?=\/)/g, 'DB')).toMatchInlineSnapshot(`
      "▸ DB, development · 127.0.0.1DB/DB · as Olga Operations (operations)

      Quarantine 1 IP and move 9 domains of 5 tenants.

      203.0.113.24 → 192.0.2.11    ▓▓▓▓▓▓▓░░░░░░░░░░░░░  3
      203.0.113.24 → 192.0.2.10    ▓▓▓▓░░░░░░░░░░░░░░░░  2
      203.0.113.24 → 203.0.113.20  ▓▓▓▓░░░░░░░░░░░░░░░░  2
      203.0.113.24 → 203.0.113.21  ▓▓▓▓░░░░░░░░░░░░░░░░  2

      ~ ip 203.0.113.24   status: warmed → quarantined, assigned_count: 9 → 0
      … and 18 more

      ! 1 left out, already: 203.0.113.28 (line 2) is quarantined already.
      ! 1 left out, refused: 203.0.113.26 (line 3) is burned and cannot become quarantined.
      ! 1 left out, unknown: 192.0.2.99 (line 4).
      ! Sending now: Winter Sale.
      "
    `)
  })

  it('is as data a line for each row that would change, and one for each IP that is left out', async () => {
    const {ran} = await carryOut(list('--dry-run', '-o', 'json'), named('192.0.2.141', '203.0.113.28'))
    const {headline, effects, rows, warnings, change, job} = JSON.parse(ran.stdout)
    expect({headline, effects, warnings, change, job}).toMatchInlineSnapshot(`
      {
        "change": null,
        "effects": [
          {
            "count": 1,
            "from": "192.0.2.141",
            "to": "198.51.100.31",
          },
          {
            "count": 1,
            "from": "192.0.2.141",
            "to": "198.51.100.32",
          },
        ],
        "headline": "Quarantine 1 IP and move 2 domains of 2 tenants.",
        "job": null,
        "warnings": [
          "1 left out, already: 203.0.113.28 (line 2) is quarantined already.",
        ],
      }
    `)
    expect(
      rows.map(({target, line, outcome, table}: Record<string, unknown>) => [target, line, outcome, table]),
    ).toEqual([
      ['192.0.2.141', 1, 'waiting', 'public.smtp_ip_addresses'],
      ['192.0.2.141', 1, 'waiting', 'public.domain_ip_assignments'],
      ['192.0.2.141', 1, 'waiting', 'public.domain_ip_assignments'],
      ['192.0.2.141', 1, 'waiting', 'public.domain_ip_assignments'],
      ['192.0.2.141', 1, 'waiting', 'public.domain_ip_assignments'],
      ['203.0.113.28', 2, 'already', null],
    ])
  })

  it('leaves an IP as it is whose domains do not all find room, and gives the room to the next', async () => {
    // One IP has room, for three more.
    const arrange = `update smtp_ip_addresses set reputation_state = 'poor' where ip_address <> '192.0.2.11'`
    const {ran, wrote, soundness} = await carryOut(
      list('--max-per-ip', '4', '--yes'),
      named('203.0.113.24', '198.51.100.141'),
      arrange,
    )
    expect(ran.exitCode).toBe(8)
    expect(ran.stderr).toContain(
      '! 1 left out, refused: 203.0.113.24 (line 1) has more domains to move than healthy IPs have room for.\n' +
        '! No room for 6 domains of 203.0.113.24: raise --max-per-ip (now 4), name an IP with --to, or let them stop sending with --no-reassign.\n',
    )
    expect(counts(wrote)).toEqual([
      '~ ip 192.0.2.11: assigned_count 1 → 4',
      '~ ip 198.51.100.141: status warmed → quarantined, assigned_count 3 → 0',
    ])
    expect(soundness.counts).toEqual([])
  })

  it('places the domains of the first IP first', async () => {
    const arrange = `update smtp_ip_addresses set reputation_state = 'poor' where ip_address <> '192.0.2.11'`
    const ips = ['192.0.2.141', '198.51.100.141'] as const
    const left = async (...order: string[]) => {
      const {ran} = await carryOut(list('--max-per-ip', '4', '--dry-run'), named(...order), arrange)
      return ran.stderr.match(/refused: (\S+)/)?.[1]
    }
    expect(await left(...ips)).toBe('198.51.100.141')
    expect(await left(...ips.toReversed())).toBe('192.0.2.141')
  })

  it('moves no domain to another of the list, even one that is left out', async () => {
    const {ran, wrote} = await carryOut(
      list('--max-per-ip', '6', '--yes'),
      named('192.0.2.11', '192.0.2.10', '203.0.113.20', '203.0.113.24'),
    )
    expect(ran.exitCode).toBe(0)
    expect(hosts(wrote).filter((line) => /(192\.0\.2\.1[01]|203\.0\.113\.2[04])$/.test(line))).toEqual([])
  })

  it('has them all go to the one that --to names, and refuses what cannot take them for the whole list', async () => {
    const {wrote, change} = await carryOut(list('--to', '192.0.2.10', '--yes'), named('198.51.100.141', '192.0.2.141'))
    expect(new Set(hosts(wrote).map((line) => line.split(' ')[1]))).toEqual(new Set(['192.0.2.10']))
    expect(change?.targets).toContain('ip:192.0.2.10')
    const refusal = async (to: string) => {
      const {ran, wrote: nothing} = await carryOut(list('--to', to, '--yes'), named('198.51.100.141', '192.0.2.141'))
      expect(nothing).toEqual([])
      return [ran.exitCode, ran.stderr.split('\n')[0]]
    }
    expect(await refusal('192.0.2.141')).toEqual([
      2,
      'Error: 192.0.2.141 cannot take over its own domains. (usage, exit 2)',
    ])
    expect(await refusal('192.0.2.99')).toEqual([3, 'Error: No sending IP 192.0.2.99.'])
    expect((await refusal('203.0.113.28'))[0]).toBe(6)
  })

  it('leaves domains without an IP with --no-reassign, and says how many', async () => {
    const {ran, wrote, soundness} = await carryOut(
      list('--no-reassign', '--yes'),
      named('198.51.100.141', '192.0.2.141'),
    )
    expect(ran.stderr).toContain('Quarantine 2 IPs and leave 5 domains of 5 tenants without an IP.')
    expect(ran.stderr).toContain('! 5 domains will stop sending.')
    expect(hosts(wrote)).toEqual([])
    expect(soundness.counts).toEqual([])
  })

  it('places a domain once that sends by two of the list, and by one that stays not at all', async () => {
    const world = named('203.0.113.24', '198.51.100.140')
    const both = await carryOut(list('--yes'), world, alsoOn('198.51.100.140'))
    expect(both.ran.exitCode).toBe(0)
    expect(hosts(both.wrote).filter((line) => line.startsWith('acme.example '))).toHaveLength(1)
    expect([both.soundness.counts, both.soundness.torn]).toEqual([[], []])
    const stays = await carryOut(list('--yes'), world, alsoOn('192.0.2.11'))
    expect(hosts(stays.wrote).filter((line) => line.startsWith('acme.example '))).toEqual([])
    expect([stays.soundness.counts, stays.soundness.torn]).toEqual([[], []])
  })

  it.each(['--results', '--rejects'])('is what %s makes of IPs on the command line', async (flag) => {
    const file = join(folder, `${flag}.csv`)
    const {ran} = await carryOut(['ip', 'quarantine', '203.0.113.26', '198.51.100.145', flag, file, '--yes'])
    expect(ran.exitCode).toBe(8)
    expect(readFileSync(file, 'utf8')).toContain('203.0.113.26')
  })
})

describe('what happened since a list was planned', () => {
  const ips = ['192.0.2.141', '198.51.100.141', '198.51.100.145']
  const set = (ip: string, change: string) => `update smtp_ip_addresses set ${change} where ip_address = '${ip}'`
  const cafecreme = "(select id from domains where domain = 'cafecreme.example')"
  const newleafOn = (ip: string) => `insert into domain_ip_assignments (domain_id, smtp_ip_address_id, status)
    select d.id, i.id, 'active' from domains d, smtp_ip_addresses i
    where d.domain = 'newleaf.example' and i.ip_address = '${ip}'`
  // All of the domains of 198.51.100.141 go there.
  const host = '198.51.100.140'

  it.each<[string, string, string]>([
    [
      'the IP changed',
      set('198.51.100.141', "status = 'degraded'"),
      'stale: ip 198.51.100.141 changed since it was planned.',
    ],
    [
      'a domain left it',
      `update domain_ip_assignments set status = 'expired' where domain_id = ${cafecreme}`,
      'stale: assignment of cafecreme.example changed since it was planned.',
    ],
    [
      'a domain came to it, and the count did not say so',
      newleafOn('198.51.100.141'),
      'failed: Domains were assigned to 198.51.100.141 meanwhile. Nothing was changed.',
    ],
    [
      'the IP that takes its domains over was quarantined',
      set(host, "status = 'quarantined'"),
      `failed: atlas-quotes.example would send by ${host}, which is quarantined. Nothing was changed.`,
    ],
  ])('leaves one as it is where %s, and does the others', async (_, meanwhile, reason) => {
    await saved(ips, async ({database, apply, results}) => {
      await ask(database, meanwhile)
      expect(await apply()).toMatchObject({exitCode: 8})
      expect(await results()).toEqual(['192.0.2.141 changed', `198.51.100.141 ${reason}`, '198.51.100.145 changed'])
    })
  })

  it('is no obstacle where other domains came to the IPs that take some over: they are counted, too', async () => {
    await saved(ips, async ({database, apply, wrote}) => {
      await ask(database, newleafOn(host))
      expect(await apply()).toMatchObject({exitCode: 0})
      expect(await wrote()).toContain(`~ ip ${host}: assigned_count 3 → 7`)
      expect(await wrongCounts(database)).toEqual([])
    })
  })

  it('is tried again when it is mended, and what was done in all is undone', async () => {
    await saved(ips, async ({database, apply, pm, wrote}) => {
      await ask(database, set(host, "status = 'quarantined'"))
      expect(await apply()).toMatchObject({exitCode: 8})
      await ask(database, set(host, "status = 'warmed'"))
      expect(await pm('job', 'retry', '1', '--yes')).toMatchObject({exitCode: 0})
      expect([await torn(database), await wrongCounts(database)]).toEqual([[], []])
      expect(await pm('audit', 'undo', '2', '--yes')).toMatchObject({exitCode: 0})
      expect(await pm('audit', 'undo', '1', '--yes')).toMatchObject({exitCode: 0})
      expect(await wrote()).toEqual([])
    })
  })

  it('is not overwritten by an undo, which puts back the others and says which not', async () => {
    await saved(ips, async ({database, apply, pm, results}) => {
      await apply()
      await pm('ip', 'assign', 'cafecreme.example', '192.0.2.10', '--yes')
      expect(await pm('audit', 'undo', '1', '--yes')).toMatchObject({exitCode: 8})
      expect(await results(2)).toEqual([
        '192.0.2.141 changed',
        `198.51.100.141 stale: assignment of cafecreme.example to ${host} changed since it was planned.`,
        '198.51.100.145 changed',
      ])
      expect([await torn(database), await wrongCounts(database)]).toEqual([[], []])
    })
  })
})

describe('no domain is brought to an IP that is out of sending', () => {
  it.each([['by the undo of an assignment that ended', ['ip', 'unassign', 'cafecreme.example'], '198.51.100.141']])(
    '%s',
    async (_, argv, ip) => {
      const database = await freshDatabase()
      const pm = (...more: string[]) => run(as(database, 'op_operations'), more)
      await pm(...argv, '--yes')
      await ask(database, `update smtp_ip_addresses set status = 'quarantined' where ip_address = '${ip}'`)
      const {exitCode, stderr} = await pm('audit', 'undo', '1', '--yes')
      expect([exitCode, stderr]).toEqual([
        6,
        expect.stringContaining(`cafecreme.example would send by ${ip}, which is quarantined. Nothing was changed.`),
      ])
      await database.drop()
    },
  )

  it('nor left on one by the undo of its release', async () => {
    const database = await freshDatabase()
    const pm = (...more: string[]) => run(as(database, 'op_operations'), more)
    await pm('ip', 'release', '203.0.113.28', '--yes')
    await pm('ip', 'assign', 'cafecreme.example', '203.0.113.28', '--yes')
    const {exitCode, stderr} = await pm('audit', 'undo', '1', '--yes')
    expect([exitCode, stderr]).toEqual([
      6,
      expect.stringContaining(
        'cafecreme.example would send by 203.0.113.28, which is quarantined. Nothing was changed.',
      ),
    ])
    await database.drop()
  })
})
