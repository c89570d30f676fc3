import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {shellWords} from '../../../src/cli/shell-words.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {missingPrograms, skipNote} from '../../support/dns/daemon.ts'
import {dnsOf, shop, spf, startDomains, storeDomain, www} from '../../support/dns/sending-domains.ts'
import {type World, worldPrograms} from '../../support/dns/world.ts'
import {ask, changesOf, refusalsOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'

const missing = missingPrograms(...worldPrograms)

describe.skipIf(missing.length > 0)(`pm domain check and doctor on real servers${skipNote(missing)}`, () => {
  let world: World
  let database: TestDatabase
  beforeAll(async () => {
    world = await startDomains()
  })
  afterAll(() => world?.stop())
  beforeEach(async () => {
    database = await freshDatabase()
    await storeDomain(database, 'right.test', [www, spf])
    await storeDomain(database, 'wrong.test', [www, shop])
    await storeDomain(database, 'hostile.test', [spf])
    await storeDomain(database, 'dead.test', [www])
    await storeDomain(database, 'bare.test', [www])
  })
  afterEach(() => database.drop())

  const pm = (argv: readonly string[], login = 'op_admin') =>
    run({env: {DATABASE_URL: database.url(login), ...dnsOf(world)}}, argv)
  const stored = (domain: string) =>
    ask(
      database,
      `select verification_status as status, verified is not null as verified, dns_verification_attempts as attempts,
         dns_verification_error is not null as told, dns_ttl_observed as ttl, dns_last_verified_at is not null as dated,
         array(select r ->> 'verification_status' from jsonb_array_elements(dns_records -> 'records') r) as records
       from domains where domain = '${domain}'`,
    )
  const untouched = (records: number) => ({
    status: 'pending',
    verified: false,
    attempts: 0,
    told: false,
    ttl: null,
    dated: false,
    records: Array.from({length: records}, () => null),
  })

  it('exits 0 where all is right, 9 where something is wrong, 10 where it could not be asked', async () => {
    const codes: number[] = []
    for (const name of ['right.test', 'wrong.test', 'dead.test']) {
      codes.push((await pm(['domain', 'check', name])).exitCode)
    }
    expect(codes).toEqual([0, 9, 10])
    expect({rows: await stored('right.test'), changes: await changesOf(database)}).toEqual({
      rows: [untouched(2)],
      changes: [],
    })
  })

  it('stores that a domain is verified, in one change that can be undone', async () => {
    const {exitCode} = await pm(['domain', 'check', 'right.test', '--write', '--reason', 'asked'])
    expect({exitCode, rows: await stored('right.test')}).toEqual({
      exitCode: 0,
      rows: [
        {
          status: 'verified',
          verified: true,
          attempts: 1,
          told: false,
          ttl: 3600,
          dated: true,
          records: ['verified', 'verified'],
        },
      ],
    })
    expect(await changesOf(database)).toMatchObject([
      {permission: 'domain.write', reason: 'asked', targets: ['domain:right.test'], images: ['update domains 1']},
    ])
    await run({env: {DATABASE_URL: database.url('op_admin')}}, ['audit', 'undo', '1', '--yes'])
    expect(await stored('right.test')).toEqual([untouched(2)])
  })

  it('stores what is missing and what is another as failed', async () => {
    const {exitCode} = await pm(['domain', 'check', 'wrong.test', '--write'])
    expect({exitCode, rows: await stored('wrong.test')}).toEqual({
      exitCode: 9,
      rows: [
        {
          status: 'failed',
          verified: false,
          attempts: 1,
          told: true,
          ttl: 3600,
          dated: false,
          records: ['failed', 'failed'],
        },
      ],
    })
  })

  it('keeps the last good status where nobody answers, and tells the error', async () => {
    await ask(database, `update domains set verification_status = 'verified' where domain = 'dead.test'`)
    const {exitCode} = await pm(['domain', 'check', 'dead.test', '--write'])
    expect({exitCode, rows: await stored('dead.test')}).toEqual({
      exitCode: 10,
      rows: [{...untouched(1), status: 'verified', attempts: 1, told: true, records: ['error']}],
    })
  })

  it('is refused without domain.write, changes nothing and leaves a trace', async () => {
    const {exitCode} = await pm(['domain', 'check', 'right.test', '--write'], 'op_viewer')
    expect({exitCode, rows: await stored('right.test'), changes: await changesOf(database)}).toEqual({
      exitCode: 5,
      rows: [untouched(2)],
      changes: [],
    })
    expect(await refusalsOf(database)).toMatchObject([{permission: 'domain.write', login: 'op_viewer'}])
  })

  it('names a domain that is unknown, and refuses names beside a filter', async () => {
    const [unknown, both] = [
      await pm(['domain', 'check', 'nope.test']),
      await pm(['domain', 'check', 'right.test', '--all']),
    ]
    expect([unknown.exitCode, both.exitCode]).toEqual([3, 2])
    expect(unknown.stderr).toContain('No domain nope.test.')
    expect((await pm(['domain', 'doctor', '192.0.2.1'])).stderr).toContain('To look at it: pm ip check 192.0.2.1')
  })

  it('checks the known ones of a list, and says which lines are unknown: exit 8', async () => {
    const env = {DATABASE_URL: database.url('op_admin'), ...dnsOf(world)}
    const stdin = 'domain,why\nright.test,new\nnope.test,new\n'
    const argv = ['domain', 'check', '-', '-o', 'csv', '--fields', 'domain,outcome']
    expect(await run({env, stdin}, argv)).toEqual({
      exitCode: 8,
      stdout: 'domain,outcome\nright.test,ok\n',
      stderr: '! 1 left out, unknown: nope.test (stdin line 3).\n',
    })
  })

  it('fits its words into a terminal of 80 columns, and breaks nothing that is to be copied', async () => {
    const env = {DATABASE_URL: database.url('op_admin'), ...dnsOf(world)}
    const {stdout} = await run({env, isTTY: {stdout: true}, width: 80}, [
      'domain',
      'doctor',
      'wrong.test',
      '-o',
      'table',
    ])
    const plain = stdout.replaceAll(/\u001b\[[0-9;]*m/g, '').split('\n')
    expect(plain.filter((line) => line.length > 80 && !/ IN [A-Z]+ /.test(line))).toEqual([])
    expect(plain.filter((line) => /^\S/.test(line) && !/^(Domain|Tenant|Zone|Outcome) /.test(line))).toEqual([
      'A host does not have its address',
      'A host has an address that is not expected',
      'A host does not have its address',
      'Records',
    ])
  })

  it('is text behind a pipe too, and data where they are asked for', async () => {
    const piped = await pm(['domain', 'doctor', 'wrong.test'])
    expect(piped.stdout).toContain('\nRecords\n  ✗ A www  www.wrong.test: mismatch, failed\n')
    expect((await pm(['domain', 'doctor', 'wrong.test', '--fields', 'domain,outcome'])).stdout).toBe(
      'domain\twrong.test\noutcome\tfailing\n',
    )
  })

  it('marks a record as broken that is published as it should be and does not work, and none that only waits', async () => {
    await storeDomain(database, 'broken.test', [
      {record_type: 'MX', name: '@', value: 'mail.broken.test', priority: 10, mx_hosts: ['192.0.2.99']},
      {...www, needs_deployment: true},
    ])
    const {stdout} = await pm(['domain', 'doctor', 'broken.test'])
    expect(stdout).toContain('  ✗ MX  broken.test: broken, failed\n  · A www  www.broken.test: missing, pending\n')
  })

  it('gives each fix the pm command that goes with it, which runs as it is printed', async () => {
    const {stdout} = await pm(['domain', 'doctor', 'bare.test', '-o', 'json'])
    const checked: {findings: {fix: {command: string} | null}[]} = JSON.parse(stdout)
    const commands = checked.findings.flatMap(({fix}) => fix?.command ?? [])
    expect(commands).toEqual([
      'pm domain watch bare.test',
      "pm domain records set bare.test DMARC _dmarc --value 'v=DMARC1; p=none'",
    ])
    const [, set = ''] = commands
    expect(await pm([...shellWords(set).words.slice(1), '--yes'])).toMatchObject({exitCode: 0})
    expect((await pm(['domain', 'records', 'list', 'bare.test', '--fields', 'type,host,value'])).stdout).toBe(
      'A\twww\t192.0.2.80\nDMARC\t_dmarc\tv=DMARC1; p=none\n',
    )
    const stranger = await pm(['domain', 'doctor', 'bare.test', '--unknown', '-o', 'json'])
    expect(stranger.stdout).not.toContain('pm domain')
  })

  it('asks the servers that were named in the command that comes after a fix, too', async () => {
    const {PM_DNS_SERVERS: server = '', PM_DNS_PORT: port = ''} = dnsOf(world)
    const servers = ['--server', server, '--authority-port', port]
    const place = {env: {DATABASE_URL: database.url('op_admin')}}
    const next = async (verb: string) => {
      const {stdout} = await run(place, ['domain', verb, 'bare.test', ...servers, '-o', 'json'])
      const checked: {findings: {fix: {command: string} | null}[]} = [JSON.parse(stdout)].flat()[0]
      return checked.findings[0]?.fix?.command
    }
    const expected = `pm domain watch bare.test ${servers.join(' ')}`
    expect([await next('check'), await next('doctor')]).toEqual([expected, expected])
    const late = await run(place, ['domain', 'watch', 'bare.test', ...servers, '--timeout', '1s'])
    expect(late.stderr).toContain(
      `See what is wrong: pm domain doctor bare.test ${servers.join(' ')} (timed_out, exit 12)`,
    )
  })

  it('says what to mend, with the fix, and lets nothing of a hostile record through to the terminal', async () => {
    const wrong = await pm(['domain', 'doctor', 'wrong.test', '-o', 'table'])
    expect(wrong.stdout).toContain('shop.wrong.test. 300 IN A 192.0.2.81')
    expect(wrong.stdout).toContain('✗ A shop  shop.wrong.test: missing, failed')
    const hostile = await pm(['domain', 'doctor', 'hostile.test', '-o', 'table'])
    expect([wrong.exitCode, hostile.exitCode]).toEqual([9, 9])
    expect(hostile.stdout).toContain('owned')
    expect(hostile.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/)
  })
})
