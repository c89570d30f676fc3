import {spawnSync} from 'node:child_process'
import {createPrivateKey, createPublicKey} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {setRecords} from '../../../src/changes/domain/records.ts'
import {freshDatabase} from '../../support/database.ts'
import {missingPrograms, skipNote} from '../../support/dns/daemon.ts'
import {applyLate, as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'pm-records-'))
afterAll(() => rmSync(folder, {recursive: true}))

const shared = {
  consent: ['--yes'],
  refusedAs: 'op_support',
  permission: 'domain.write',
  targets: ['domain:acme.example', 'tenant:Acme'],
  images: ['update domains 1'],
}
const of = (type: string) => `select r ->> 'name' as host, r ->> 'value' as value, (r ->> 'ttl')::int as ttl,
  (r ->> 'priority')::int as priority, r ->> 'verification_status' as status, r ->> 'source' as source
  from domains d, jsonb_array_elements(d.dns_records -> 'records') r
  where domain = 'acme.example' and r ->> 'record_type' = '${type}' order by 2`
const pending = {status: 'pending', source: 'api'}

describe('pm domain records set', () => {
  holdsAsWrite('of the mail servers, of which one stays', {
    ...shared,
    argv: [
      ...['domain', 'records', 'set', 'acme.example', 'MX'],
      ...['--value', '10 mail.penguinmails.example.', '--value', '20 mx2.acme.example'],
    ],
    rows: of('MX'),
    after: [
      {host: '@', value: 'mail.penguinmails.example.', ttl: 3600, priority: 10, status: 'verified', source: 'ui'},
      {host: '@', value: 'mx2.acme.example', ttl: 3600, priority: 20, ...pending},
    ],
  })

  holdsAsWrite('of a policy, which the fields repeat', {
    ...shared,
    argv: ['domain', 'records', 'set', 'acme.example', 'DMARC', '--value', 'v=DMARC1; p=none', '--ttl', '300'],
    rows: `select r ->> 'policy' as policy, (r ->> 'ttl')::int as ttl from domains d, jsonb_array_elements(d.dns_records -> 'records') r
      where domain = 'acme.example' and r ->> 'record_type' = 'DMARC'`,
    after: [{policy: 'none', ttl: 300}],
  })

  const document = join(folder, 'document.json')
  const whole = {records: [{record_type: 'SPF', name: '@', value: 'v=spf1 -all'}]}
  writeFileSync(document, JSON.stringify(whole))
  holdsAsWrite('of the whole document', {
    ...shared,
    argv: ['domain', 'records', 'set', 'acme.example', '--from-file', document],
    rows: `select dns_records as document from domains where domain = 'acme.example'`,
    after: [{document: whole}],
  })

  it('makes the document where there is none, and has nothing to do the second time', async () => {
    const database = await freshDatabase()
    const set = ['domain', 'records', 'set', 'newleaf.example', 'A', 'www', '--value', '192.0.2.1', '--yes']
    expect(await run(as(database, 'op_operations'), set)).toMatchObject({exitCode: 0})
    expect(await ask(database, `select dns_records from domains where domain = 'newleaf.example'`)).toMatchObject([
      {dns_records: {records: [{record_type: 'A', name: 'www', value: '192.0.2.1', verification_status: 'pending'}]}},
    ])
    const again = await run(as(database, 'op_operations'), set)
    expect(again.stderr).toContain('Nothing to do.')
    expect(await changesOf(database)).toHaveLength(1)
    await database.drop()
  })

  it('keeps what it does not know of the document', async () => {
    const database = await freshDatabase()
    await ask(
      database,
      `update domains set dns_records = '{"note": "kept", "records": []}' where domain = 'acme.example'`,
    )
    await run(as(database, 'op_operations'), [
      'domain',
      'records',
      'set',
      'acme.example',
      'A',
      '--value',
      '192.0.2.1',
      '--yes',
    ])
    expect(
      await ask(database, `select dns_records ->> 'note' as note from domains where domain = 'acme.example'`),
    ).toEqual([{note: 'kept'}])
    await database.drop()
  })

  it('changes nothing when the document was changed between plan and commit', async () => {
    const {error, changes} = await applyLate(
      setRecords,
      {domain: 'acme.example', type: 'A', host: '@', fields: {}, values: [{value: '192.0.2.1'}]},
      `update domains set dns_records = '{"records": []}' where domain = 'acme.example'`,
    )
    expect(error).toMatchObject({reason: 'conflict', details: {changed: ['domain acme.example']}})
    expect(changes).toBe(0)
  })

  it.each([
    [['acme.example', 'SPF', '--value', 'hello'], 2, 'value must begin with v=spf1'],
    [['newleaf.example', 'MX', '--value', 'mx.newleaf.example'], 2, 'priority must be given for an MX'],
    [['acme.example', 'MX', '--value', '99999 mx.acme.example'], 2, 'must be a whole number from 0 to 65535'],
    [['acme.example', 'A', '--value', '192.0.2.1', '--priority', '1'], 2, 'Only an MX has a priority'],
    [['acme.example', 'A', '--value', '192.0.2.300'], 2, 'must be an IPv4 address'],
    [['acme.example', 'CNAME', '--value', 'a.example'], 2, 'At which host is the CNAME?'],
    [['acme.example', 'CNAME', '_dmarc', '--value', 'a.example'], 2, 'cannot stand beside'],
    [['acme.example', 'SPF', '--value', 'v=spf1\u0007 -all'], 2, 'must be a text without control characters'],
    [['acme.example', 'A'], 2, 'Which value shall it have?'],
    [['acme.example'], 2, 'Which record?'],
    [['acme.example', 'TXT', '--value', 'x'], 2, 'TXT'],
    [['nobody.example', 'A', '--value', '192.0.2.1'], 3, 'No domain nobody.example.'],
    [['acme.example', '--from-file', join(folder, 'no-such-file')], 2, 'there is no such file'],
    [['acme.example', 'A', '--from-file', document], 2, 'leave the type out'],
  ])('%j ends with %i and changes nothing', refused('set'))

  it('names everything that is wrong with a document in a file', async () => {
    const database = await freshDatabase()
    const stdin = '{"records": [{"record_type": "A", "name": "@", "value": "x", "tll": 1}, 7]}'
    const argv = ['domain', 'records', 'set', 'acme.example', '--from-file', '-', '--yes']
    const {exitCode, stderr} = await run(as(database, 'op_operations', {stdin}), argv)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('records[0].value must be an IPv4 address.')
    expect(stderr).toContain('records[1] must be an object.')
    expect(await changesOf(database)).toEqual([])
    await database.drop()
  })
})

describe('pm domain records remove', () => {
  holdsAsWrite('of an alias', {
    ...shared,
    argv: ['domain', 'records', 'remove', 'acme.example', 'CNAME', 'track'],
    rows: of('CNAME'),
    after: [],
  })

  it.each([
    [['acme.example', 'CNAME', 'nothing'], 3, 'acme.example has no record CNAME at nothing.'],
    [['acme.example', 'DKIM'], 2, 'At which host is the DKIM?'],
    [['newleaf.example', 'MX'], 3, 'newleaf.example has no record MX at @.'],
  ])('%j ends with %i and changes nothing', refused('remove'))
})

describe('pm domain dkim rotate', () => {
  const rotate = (file: string, ...more: string[]) => [
    ...['domain', 'dkim', 'rotate', 'acme.example', '--key-file', join(folder, file)],
    ...more,
  ]
  const keys = `select r ->> 'selector' as selector, r ->> 'name' as host, r ->> 'secret_ref' as ref, r ->> 'managed_by' as by,
    (r ->> 'needs_deployment')::boolean as waits, r ->> 'verification_status' as status, r ->> 'public_key' as key
    from domains d, jsonb_array_elements(d.dns_records -> 'records') r
    where domain = 'acme.example' and r ->> 'record_type' = 'DKIM' order by 1`

  it.each(['rsa', 'ed25519'])(
    'stores the public half and puts the private %s key in a file of mode 0600',
    async (algorithm) => {
      const database = await freshDatabase()
      const file = `${algorithm}.pem`
      const argv = rotate(file, '--algorithm', algorithm, '--yes', '-o', 'json')
      const {exitCode, stdout, stderr} = await run(as(database, 'op_operations'), argv)
      expect({exitCode, stderr}).toMatchObject({exitCode: 0})
      const [old, made] = await ask<{key: string}>(database, keys)
      expect(old).toMatchObject({selector: 'pm1', waits: false, status: 'verified'})
      expect(made).toMatchObject({
        selector: 'pm2',
        host: 'pm2._domainkey',
        ref: 'vault://mail/dkim/acme.example/pm2',
        by: 'platform',
        waits: true,
        status: 'pending',
      })
      const pem = readFileSync(join(folder, file), 'utf8')
      const der = createPublicKey(createPrivateKey(pem)).export({type: 'spki', format: 'der'})
      expect(der.toString('base64')).toContain(algorithm === 'rsa' ? made?.key : '')
      expect(der.subarray(-32).equals(Buffer.from(made?.key ?? '', 'base64'))).toBe(algorithm === 'ed25519')
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
      const [kept] = await ask<{all: string}>(
        database,
        `select (select json_agg(c)::text from pm.changes c) || (select json_agg(i)::text from pm.row_images i) as all`,
      )
      const secret = pem.split('\n')[1] ?? '?'
      expect(stdout + stderr + kept?.all).not.toContain(secret)
      await database.drop()
    },
  )

  it('can be undone, and leaves the key', async () => {
    const database = await freshDatabase()
    const before = await ask(database, keys)
    await run(as(database, 'op_operations'), rotate('undone.pem', '--yes'))
    expect(await run(as(database, 'op_operations'), ['audit', 'undo', '1', '--yes'])).toMatchObject({exitCode: 0})
    expect(await ask(database, keys)).toEqual(before)
    expect(statSync(join(folder, 'undone.pem')).isFile()).toBe(true)
    await database.drop()
  })

  it.each([
    ['a dry run', [...rotate('none.pem'), '--dry-run'], 9, 'op_operations'],
    ['nobody consents', rotate('none.pem'), 7, 'op_operations'],
    ['it is refused', rotate('none.pem', '--yes'), 5, 'op_support'],
    ['the selector was used', rotate('none.pem', '--selector', 'PM1', '--yes'), 6, 'op_operations'],
    ['the selector is none', rotate('none.pem', '--selector', 'a b', '--yes'), 2, 'op_operations'],
    ['the file is -', ['domain', 'dkim', 'rotate', 'acme.example', '--key-file', '-', '--yes'], 2, 'op_operations'],
  ] as const)('leaves no file when %s', async (_, argv, exitCode, login) => {
    const database = await freshDatabase()
    expect(await run(as(database, login), argv)).toMatchObject({exitCode})
    expect(() => statSync(join(folder, 'none.pem'))).toThrow('ENOENT')
    expect(await changesOf(database)).toEqual([])
    await database.drop()
  })

  it('takes the file away when the change fails at COMMIT', async () => {
    const database = await freshDatabase()
    await ask(
      database,
      `create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
       create constraint trigger fail after update on domains deferrable initially deferred for each row execute function fail()`,
    )
    const {exitCode} = await run(as(database, 'op_operations'), rotate('failed.pem', '--yes'))
    expect(exitCode).not.toBe(0)
    expect(() => statSync(join(folder, 'failed.pem'))).toThrow('ENOENT')
    expect(await changesOf(database)).toEqual([])
    await database.drop()
  })

  it('never writes over a file', async () => {
    const database = await freshDatabase()
    writeFileSync(join(folder, 'mine.pem'), 'mine')
    const {exitCode, stderr} = await run(as(database, 'op_operations'), rotate('mine.pem', '--yes'))
    expect(exitCode).toBe(6)
    expect(stderr).toContain('is there already')
    expect(readFileSync(join(folder, 'mine.pem'), 'utf8')).toBe('mine')
    expect(await changesOf(database)).toEqual([])
    await database.drop()
  })

  it('says in words why a folder cannot be looked into, and changes nothing', async () => {
    const database = await freshDatabase()
    symlinkSync('loop', join(folder, 'loop'))
    const {exitCode, stderr} = await run(as(database, 'op_operations'), rotate('loop/key.pem', '--yes'))
    expect({exitCode, stderr}).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/loop cannot be looked into: its links lead in a circle\. \(usage, exit 2\)\n$/),
    })
    expect(await changesOf(database)).toEqual([])
    await database.drop()
  })

  it('says in words why a file cannot be written, and changes nothing', async () => {
    const database = await freshDatabase()
    const {exitCode, stderr} = await run(as(database, 'op_operations'), rotate(`${'k'.repeat(300)}.pem`, '--yes'))
    expect({exitCode, stderr}).toEqual({
      exitCode: 6,
      stderr: expect.stringMatching(/k\.pem cannot be written: its name is too long\. \(conflict, exit 6\)\n$/),
    })
    expect(await changesOf(database)).toEqual([])
    await database.drop()
  })
})

describe('pm domain zone', () => {
  const missing = missingPrograms('named-checkzone')

  it.skipIf(missing.length > 0)(`writes what named-checkzone takes${skipNote(missing)}`, async () => {
    const database = await freshDatabase()
    const {stdout} = await run(as(database, 'op_viewer'), ['domain', 'zone', 'acme.example'])
    expect(stdout.match(/"[^"]*"/g)?.every((text) => text.length <= 257)).toBe(true)
    const file = join(folder, 'zone')
    writeFileSync(file, `$TTL 60\n@ SOA ns.x. a.x. 1 2 3 4 5\n@ NS ns.x.\n${stdout}`)
    const {status, stdout: complaints} = spawnSync('named-checkzone', ['-q', 'acme.example', file], {encoding: 'utf8'})
    expect({status, complaints}).toEqual({status: 0, complaints: ''})
    await database.drop()
  })

  it('escapes what means something in a zone file, leaves out what is wrong, and exits 9', async () => {
    const database = await freshDatabase()
    await ask(
      database,
      `update domains set dns_records = '{"records": [{"record_type": "CNAME", "name": "a;b\\u009bc", "value": "b.example"}, 7]}'
       where domain = 'acme.example'`,
    )
    expect(await run(as(database, 'op_viewer'), ['domain', 'zone', 'acme.example'])).toEqual({
      exitCode: 9,
      stdout: expect.stringMatching(/^[ -~]*a\\;b[ -~]* 3600 IN CNAME b\.example\.\n$/),
      stderr: '! Left out: records[1] must be an object.\n',
    })
    await database.drop()
  })

  it('leaves out what no server would load: names of other zones, and hosts with names that are none', async () => {
    const database = await freshDatabase()
    const names = ['other.org.', 'x.*.y', 'under_score', '*.hosts', 'ok', '@']
    const records = names.map((name) => ({record_type: 'A', name, value: '192.0.2.1'}))
    await ask(database, `update domains set dns_records = '${JSON.stringify({records})}' where domain = 'acme.example'`)
    const {stdout, stderr, exitCode} = await run(as(database, 'op_viewer'), ['domain', 'zone', 'acme.example'])
    expect([exitCode, stdout.match(/^\S+/gm)]).toEqual([
      9,
      ['*.hosts.acme.example.', 'ok.acme.example.', 'acme.example.'],
    ])
    expect(stderr.split('\n')).toEqual([
      '! Left out: records[0] other.org is not in the zone acme.example.',
      '! Left out: records[1] x.*.y.acme.example is no name for a host, which its A needs.',
      '! Left out: records[2] under_score.acme.example is no name for a host, which its A needs.',
      '',
    ])
    await database.drop()
  })
})

function refused(verb: string) {
  return async (words: readonly string[], exitCode: number, message: string) => {
    const database = await freshDatabase()
    const ran = await run(as(database, 'op_operations'), ['domain', 'records', verb, ...words, '--yes'])
    expect({...ran, stderr: '', changes: await changesOf(database)}).toEqual({
      exitCode,
      stdout: '',
      stderr: '',
      changes: [],
    })
    expect(ran.stderr).toContain(message)
    await database.drop()
  }
}
