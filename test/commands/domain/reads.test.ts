import {describe, expect, it} from 'vitest'
import {freshDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {readsOf} from '../../support/reads.ts'
import {ask} from '../../support/records.ts'
import {run} from '../../support/run.ts'

const reads = readsOf()

describe('pm domain list', () => {
  it('fits a terminal of 80 columns', async () => {
    const {stdout, stderr} = await reads.onTerminal('domain', 'list', '--tenant', 'acme')
    expect(stdout).toMatchInlineSnapshot(`
      "DOMAIN               TENANT  STATUS    PRIMARY  LAST VERIFIED  ERROR
      acme-events.example  Acme    pending   no       -              -
      acme-mail.example    Acme    verified  no       17h ago        -
      acme-offers.example  Acme    failed    no       -              No DMARC record …
      acme.example         Acme    verified  yes      2h ago         -
      news.acme.example    Acme    verified  no       7h ago         -
      "
    `)
    expect(stderr).toBe('')
  })

  it('gives every field to programs', async () => {
    const [row] = await ask<object>(
      reads.database,
      `select d.tenant_id, d.company_id, d.id from domains d where domain = 'acme.example'`,
    )
    expect(await reads.rows('domain', 'list', '--search', 'ACME.')).toEqual([
      {
        domain: 'acme.example',
        tenant: 'Acme',
        company: 'Acme Retail',
        status: 'verified',
        primary: true,
        records: 7,
        last_verified: expect.stringMatching(/Z$/),
        attempts: 1,
        error: null,
        created: expect.stringMatching(/Z$/),
        ...row,
      },
    ])
  })

  it.each([
    [['--tenant', 'acme', '--primary'], ['acme.example']],
    [['--tenant', 'acme', '--status', 'pending,error'], ['acme-events.example']],
    [['--tenant', 'acme', '--failing'], ['acme-offers.example']],
    [
      ['--tenant', 'acme', '--unverified'],
      ['acme-events.example', 'acme-offers.example'],
    ],
    [
      ['--company', 'Acme Retail', '--search', 'acme-'],
      ['acme-events.example', 'acme-mail.example', 'acme-offers.example'],
    ],
    [['--search', '%'], []],
    [
      ['--sort', '-domain', '--limit', '2'],
      ['xn--sster-vua.example', 'xn--ockte5cb.example'],
    ],
  ])('chooses by %j', async (flags, names) => {
    const {stdout} = await reads.pm('domain', 'list', ...flags, '-o', 'name')
    expect(stdout.split('\n').slice(0, -1)).toEqual(names)
  })

  it('says so when none is found', async () => {
    expect(await reads.pm('domain', 'list', '--search', 'nothing-like-it')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No domains found.\n',
    })
  })

  it.each([
    [['--tenant', 'nobody'], 3, 'No tenant nobody.'],
    [['--company', 'nobody'], 3, 'No company nobody.'],
    [['--failing', '--unverified'], 2, 'cannot also be provided'],
    [['--sort', 'error'], 2, 'This list cannot be sorted by “error”.'],
  ])('%j ends with %i', async (flags, exitCode, message) => {
    const ran = await reads.pm('domain', 'list', ...flags)
    expect(ran).toMatchObject({exitCode, stdout: ''})
    expect(ran.stderr).toContain(message)
  })

  it('goes on where a page ended, by an index', async () => {
    const page = await reads.onTerminal('domain', 'list', '--limit', '3')
    const cursor = /--after (\S+)/.exec(page.stderr)?.[1] ?? ''
    const next = await reads.pm('domain', 'list', '--after', cursor, '--limit', '2', '-o', 'name')
    expect(next.stdout).toBe('acme.example\nappointments.lumenhealth.example\n')
  })
})

describe('pm domain show', () => {
  it('says on a terminal how the domain stands', async () => {
    const {stdout} = await reads.onTerminal('domain', 'show', 'ACME-mail.example')
    expect(stdout.replaceAll(/[0-9a-f-]{36}/g, '(id)')).toMatchInlineSnapshot(`
      "Domain         acme-mail.example
      Status         verified
      Last verified  17h ago
      Attempts       2
      Tenant         Acme
      Company        Acme Retail
      Primary        no
      Mailu host     mail.penguinmails.example
      TTL seen       1800
      Created        7mo ago
      ID             (id)

      Records it shall have in DNS
        TYPE   HOST            STATUS    WAITS  VALUE
        SPF    @               verified  -      v=spf1 include:_spf.penguinmails.exam…
        DKIM   pm1._domainkey  verified  -      v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0…
        DKIM   pm2._domainkey  pending   yes    v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0…
        DMARC  _dmarc          verified  -      v=DMARC1; p=quarantine; rua=mailto:dm…
        MX     @               verified  -      mail.penguinmails.example.

      IPs it sends by
        IP            STATUS  WARM-UP  ASSIGNED  LAST SENT
        203.0.113.21  active  warmed   2mo ago   11h ago

      E-mail accounts
        ACCOUNT                  STATUS
        hello@acme-mail.example  active

      Recent changes
        No changes.
      "
    `)
  })

  it('has the whole document and what it means in JSON', async () => {
    const domain = await reads.rows('domain', 'show', 'acme-mail.example', '--fields', 'expected,problems,accounts,ips')
    expect(domain).toMatchObject({
      expected: [
        {type: 'SPF', host: '@', status: 'verified', waits: false, position: 0},
        {type: 'DKIM', host: 'pm1._domainkey', selector: 'pm1', waits: false},
        {type: 'DKIM', host: 'pm2._domainkey', selector: 'pm2', status: 'pending', waits: true},
        {type: 'DMARC', host: '_dmarc'},
        {type: 'MX', host: '@', value: 'mail.penguinmails.example.', priority: 10},
      ],
      problems: [],
      accounts: [{account: 'hello@acme-mail.example', status: 'active'}],
      ips: [{ip: '203.0.113.21', status: 'active', warmup: 'warmed'}],
    })
  })

  it.each([
    ['ACME.Example', 'acme.example'],
    ['acme.example.', 'acme.example'],
    ['ペンギン.example', 'xn--ockte5cb.example'],
    ['Søster.example.', 'xn--sster-vua.example'],
  ])('knows a domain however it is typed: %s', async (typed, domain) => {
    expect(await reads.rows('domain', 'show', typed)).toMatchObject({domain})
  })

  it('says that there is no such domain, and where to look', async () => {
    expect(await reads.pm('domain', 'show', 'nobody.example')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'Error: No domain nobody.example.\nSee which there are: pm domain list (not_found, exit 3)\n',
    })
  })

  it('shows a document that is none as one with problems, and no control character of it', async () => {
    const database = await freshDatabase()
    await ask(
      database,
      `update domains set dns_verification_error = E'no\\u001b[2Janswer', dns_records = $$ {"records": [
         {"record_type": "MX", "name": "@", "value": "mail.example.\\u009b2J", "ttl": -1}, 7,
         {"record_type": "A", "name": "a\\u009b2Jb", "value": "192.0.2.1"},
         {"record_type": "A", "name": "a\\u009b2Jb", "value": "192.0.2.1"}]} $$ where domain = 'acme.example'`,
    )
    const {stdout, stderr, exitCode} = await run(as(database, 'op_viewer'), [
      'domain',
      'show',
      'acme.example',
      '-o',
      'table',
    ])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('records[0].ttl')
    expect(stdout).toContain('must be an object')
    const list = await run(as(database, 'op_viewer'), ['domain', 'records', 'list', 'acme.example'])
    expect(list.stderr).toContain('! records[1] must be an object.')
    expect(stdout + stderr + list.stdout + list.stderr).not.toMatch(/[\u001b\u009b]/)
    await database.drop()
  })

  it('takes the id where two tenants hold a name', async () => {
    const database = await freshDatabase()
    const [twin] = await ask<{id: string}>(
      database,
      `insert into domains (tenant_id, domain) select tenant_id, 'ACME.example' from domains where domain = 'northline.example' returning id`,
    )
    const both = await run(as(database, 'op_viewer'), ['domain', 'show', 'acme.example'])
    expect(both).toMatchObject({exitCode: 6, stdout: ''})
    expect(both.stderr).toContain('Several domains fit acme.example.')
    const one = await run(as(database, 'op_viewer'), ['domain', 'show', String(twin?.id), '-o', 'json'])
    expect(JSON.parse(one.stdout)).toMatchObject({domain: 'ACME.example', tenant: 'Northline Recruiting', expected: []})
    await database.drop()
  })
})

describe('pm domain ips', () => {
  it('lists what a domain sends by, and sent by, newest first', async () => {
    expect(await reads.rows('domain', 'ips', 'acme.example', '--fields', 'ip,status,warmup,ip_status')).toEqual([
      {ip: '203.0.113.24', status: 'active', warmup: 'warmed', ip_status: 'warmed'},
      {ip: '192.0.2.10', status: 'expired', warmup: 'warmed', ip_status: 'warmed'},
    ])
    expect((await reads.pm('domain', 'ips', 'acme.example', '--live', '-o', 'name')).stdout).toBe('203.0.113.24\n')
  })

  it('says so when there is none', async () => {
    expect(await reads.pm('domain', 'ips', 'newleaf.example')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No IPs found.\n',
    })
  })
})

describe('pm domain deployments', () => {
  it('lists the keys that wait for a Mailu sync', async () => {
    expect(await reads.rows('domain', 'deployments', '--fields', 'domain,selector,tenant,managed_by,status')).toEqual([
      {domain: 'acme-mail.example', selector: 'pm2', tenant: 'Acme', managed_by: 'platform', status: 'pending'},
      {
        domain: 'appointments.lumenhealth.example',
        selector: 'pm2',
        tenant: 'Lumen Health',
        managed_by: 'platform',
        status: 'pending',
      },
      {
        domain: 'lumen-research.example',
        selector: 'pm1',
        tenant: 'Lumen Health',
        managed_by: 'platform',
        status: 'pending',
      },
      {
        domain: 'northline-eu.example',
        selector: 'pm1',
        tenant: 'Northline Recruiting',
        managed_by: 'platform',
        status: 'pending',
      },
      {
        domain: 'redwood-agents.example',
        selector: 'pm1',
        tenant: 'Redwood Insurance',
        managed_by: 'platform',
        status: 'pending',
      },
    ])
  })

  it('chooses a tenant, and goes on where a page ended', async () => {
    const page = await reads.onTerminal('domain', 'deployments', '--tenant', 'Lumen Health', '--limit', '1')
    const cursor = /--after (\S+)/.exec(page.stderr)?.[1] ?? ''
    const next = await reads.pm('domain', 'deployments', '--tenant', 'Lumen Health', '--after', cursor, '-o', 'name')
    expect(next.stdout).toBe('lumen-research.example\n')
  })
})

describe('pm domain records list', () => {
  it('lists the stored records in the order of the document', async () => {
    const {stdout} = await reads.pm(
      'domain',
      'records',
      'list',
      'blueanchor.example',
      '-o',
      'tsv',
      '--fields',
      'type,host,priority,status',
    )
    expect(stdout).toBe(
      'SPF\t@\t\tverified\nDKIM\tpm1._domainkey\t\tverified\nDMARC\t_dmarc\t\tverified\nMX\t@\t10\tverified\n',
    )
  })

  it('says so when there is no document', async () => {
    expect(await reads.pm('domain', 'records', 'list', 'newleaf.example')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'No records found.\n',
    })
  })
})
