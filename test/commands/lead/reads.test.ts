import {describe, expect, it} from 'vitest'
import {reading} from '../../support/reading.ts'

const hostile = String.raw`
  update leads set email = E'a\x1b[2J@birchco.example', name = E'Eve\u202e', company = E'Ev\x07il' where id =
    (select min(l.id::text)::uuid from leads l join tenants t on t.id = l.tenant_id where t.name = 'Newleaf Gardens');
  insert into leads (tenant_id, email, name, company, status)
    select id, E'no-address\x1b[2J', E'Eve\u202e Evil', E'Ev\x07il', 'active' from tenants where name = 'Newleaf Gardens'`
const {pm, seen, json} = reading({login: 'op_support', arrange: hostile})

const found = ['lead', 'find', '--tenant', 'acme']
const revealed = (...argv: readonly string[]) => json(...found, ...argv, '--reveal')

describe('pm lead count', () => {
  it('draws bars for a person', async () => {
    expect((await seen('lead', 'count', '--tenant', 'acme')).stdout).toMatchInlineSnapshot(`
      "Leads: 60
        active        ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░░  45 / 60 (75%)
        unsubscribed  ▓▓▓░░░░░░░░░░░░░░░░░  8 / 60 (13%)
        bounced       ▓▓░░░░░░░░░░░░░░░░░░  7 / 60 (11%)
      "
    `)
  })

  it('counts for programs', async () => {
    expect(await json('lead', 'count', '--tenant', 'acme.example')).toEqual([
      {status: 'active', count: 45},
      {status: 'unsubscribed', count: 8},
      {status: 'bounced', count: 7},
    ])
    expect(await json('lead', 'count', '--tenant', 'oldmill.example')).toEqual([])
  })
})

describe('pm lead find', () => {
  it('masks who a lead is', async () => {
    const {stdout} = await seen('lead', 'find', '--tenant', 'acme', '--status', 'bounced', '--limit', '3')
    expect(stdout).toMatchInlineSnapshot(`
      "E-MAIL                  NAME   COMPANY       STATUS   UPDATED
      o…@birchco.example      O… C…  Birch & Co    bounced  3w ago
      t…@falcontools.example  T… O…  Falcon Tools  bounced  5w ago
      o…@birchco.example      O… P…  Birch & Co    bounced  2w ago
      "
    `)
  })

  it('finds by a whole address in any case, and by state, and tells neither name nor address', async () => {
    const [known] = (await revealed('--limit', '1')) as [{email: string; id: string}]
    const {stdout} = await pm(...found, '--search', known.email.toUpperCase(), '-o', 'tsv', '--fields', 'id,email,name')
    expect(stdout).toMatch(new RegExp(`^${known.id}\t[a-z]…@\\w+\\.example\t[A-Z]… [A-Z]…\n$`))
    expect((await pm(...found, '--status', 'bounced,unsubscribed', '-o', 'name')).stdout.split('\n')).toHaveLength(16)
  })

  it('confirms no beginning of what is masked, nor a name', async () => {
    const [{email, name}] = (await revealed('--limit', '1')) as [{email: string; name: string}]
    for (const part of [email.slice(0, 5), email.slice(0, email.indexOf('@') + 2), name, '%', ''])
      expect(await pm(...found, '--search', part)).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringContaining('Without --reveal, --search takes a whole e-mail address.'),
      })
    for (const part of [email.slice(0, -1), email.replace(/^./, '_')])
      expect(await pm(...found, '--search', part)).toMatchObject({exitCode: 0, stdout: '', stderr: 'No leads found.\n'})
  })

  it('finds in clear by the beginning of an e-mail or a name, which is kept', async () => {
    const leads = (await revealed('--search', 'AISHA')) as {email: string; name: string | null}[]
    expect(leads.length).toBeGreaterThan(1)
    for (const {email, name} of leads) expect(`${email} ${name}`).toMatch(/^aisha| Aisha/)
    const changes = await json('audit', 'list', '--target', 'tenant:Acme', '--fields', 'command', '--limit', '1')
    expect(JSON.stringify(changes)).toContain('--search AISHA --reveal')
  })

  it('tells nothing in its cursor', async () => {
    const {stderr} = await seen('lead', 'find', '--tenant', 'acme', '--limit', '2')
    const [, cursor = ''] = stderr.match(/--after (\S+)/) ?? []
    expect(Buffer.from(cursor, 'base64url').toString()).toMatch(/^\["id","[-0-9a-f]{36}","[-0-9a-f]{36}"\]$/)
  })

  it('shows hostile data harmlessly, and of what is no address the first letter', async () => {
    const {stdout} = await seen('lead', 'find', '--tenant', 'newleaf.example')
    expect(stdout).toContain('n…')
    expect(stdout).toContain('Ev\\u{7}il')
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/)
  })

  it('says so where none is found', async () => {
    expect(await pm('lead', 'find', '--tenant', 'acme', '--search', 'zzz@acme.example', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No leads found.\n',
    })
  })

  it.each([
    [['lead', 'find'], 2, '--tenant is missing.'],
    [['lead', 'count', '--tenant', 'nobody'], 3, 'No tenant nobody.'],
    [['lead', 'find', '--tenant', 'acme', '--sort', 'email'], 2, 'This list cannot be sorted by “email”.'],
  ])('%j ends with %i', async (argv, exitCode, message) => {
    const ran = await pm(...argv)
    expect(ran).toMatchObject({exitCode, stdout: ''})
    expect(ran.stderr).toContain(message)
  })
})

describe('leads', () => {
  const viewer = reading()

  it('are not for everybody who may look around', async () => {
    const ran = await viewer.pm('lead', 'find', '--tenant', 'acme')
    expect(ran).toMatchObject({exitCode: 5, stdout: ''})
    expect(ran.stderr).toContain('lead.read')
  })
})
