import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {checkDomain} from '../../src/dns/check-domain.ts'
import type {Dns} from '../../src/dns/dns.ts'
import type {ExpectedRecord} from '../../src/rules/dns-record.ts'
import {missingPrograms, skipNote} from '../support/dns/daemon.ts'
import {at, startWorld, type World, worldPrograms} from '../support/dns/world.ts'
import {zoneFile} from '../support/dns/zone-file.ts'

const missing = missingPrograms(...worldPrograms)

const web: ExpectedRecord = {record_type: 'A', name: 'www', value: '192.0.2.80', ttl: 300}
const track: ExpectedRecord = {record_type: 'CNAME', name: 'track', value: 'Click.Penguin.test.', ttl: 300}

/** A zone on both servers, with these lines. */
const both = [`@ NS ns1`, '@ NS ns2', `ns1 A ${at.primary}`, `ns2 A ${at.secondary}`]
/** Mail records without a flaw. */
const flawless = (zone: string) => [
  '@ MX 10 mail',
  'mail A 192.0.2.25',
  '@ TXT "v=spf1 ip4:192.0.2.25 -all"',
  `_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@${zone}"`,
]
const file = (zone: string, lines: readonly string[], options?: {serial?: number; ttl?: number; minimum?: number}) =>
  zoneFile(zone, [...both, ...flawless(zone), ...lines], options)
/** How the zone above gives a zone to both servers. */
const given = (zone: string) => [
  `${zone} NS ns1.${zone}`,
  `${zone} NS ns2.${zone}`,
  `ns1.${zone} A ${at.primary}`,
  `ns2.${zone} A ${at.secondary}`,
]

const good = ['www A 192.0.2.80', 'track CNAME click.penguin.test.']
const same = {
  'good.test': file('good.test', good),
  'moving.test': file('moving.test', ['www A 192.0.2.1'], {ttl: 600}),
  'young.test': file('young.test', [], {minimum: 90}),
  'flat.test': file('flat.test', ['flat A 192.0.2.25']),
  'xn--bcher-kva.test': file('xn--bcher-kva.test', ['xn--wrld-5qa CNAME mail']),
  'rua.test': zoneFile('rua.test', [
    ...both,
    ...flawless('rua.test').slice(0, 3),
    '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:nobody"',
  ]),
  'bare.test': zoneFile('bare.test', [...both, '@ MX 10 mail', 'mail A 192.0.2.25']),
  'nomail.test': zoneFile('nomail.test', [...both, ...flawless('nomail.test').slice(2), '@ MX 0 .']),
  'nohost.test': zoneFile('nohost.test', [...both, ...flawless('nohost.test').slice(2), '@ MX 10 mail']),
  'wild.test': file('wild.test', ['* A 192.0.2.99']),
  'doubled.test': file('doubled.test', ['www.doubled.test A 192.0.2.80']),
  'long.test': file(
    'long.test',
    Array.from({length: 120}, (_, host) => `www A 192.0.2.${host + 1}`),
  ),
  'keys.test': file('keys.test', [
    's1._domainkey TXT "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcv" "PapiMlrwIaaPcHURo=; n=comment"',
  ]),
  'twice.test': file('twice.test', ['@ TXT "v=spf1 include:keys.test -all"']),
  'weak.test': zoneFile('weak.test', [
    ...both,
    ...flawless('weak.test').filter((line) => !line.startsWith('@ TXT')),
    '@ TXT "v=spf1 ip4:192.0.2.25 include:good.test ~all"',
  ]),
  'corp.test': zoneFile('corp.test', [
    ...both,
    ...flawless('corp.test').filter((line) => !line.startsWith('@ TXT')),
    '@ TXT "v=spf1 ip4:192.0.2.25 redirect=good.test"',
  ]),
  'alias.test': zoneFile('alias.test', [
    ...both,
    ...flawless('alias.test').slice(0, 3),
    '_dmarc CNAME policy',
    'policy TXT "v=DMARC1; p=none; rua=mailto:dmarc@alias.test"',
    's1._domainkey CNAME s1.penguin.test.',
    'www CNAME mail',
    '*.wild CNAME mail',
  ]),
  'panel.test': zoneFile('panel.test', [
    ...both,
    '@ MX 10 mail',
    'mail A 192.0.2.25',
    '@ TXT "v=spf1 ip4:192.0.2.25 -all"',
    '_dmarc.panel.test TXT "v=DMARC1; p=reject; rua=mailto:dmarc@panel.test"',
    's1._domainkey.panel.test TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="',
  ]),
  'sub.test': file('sub.test', ['inner NS ns1.inner', `ns1.inner A ${at.primary}`]),
}
const plan = {
  parent: [
    'click.penguin A 192.0.2.90',
    ...[...Object.keys(same), 'split.test', 'drift.test', 'lame.test'].flatMap((zone) => given(zone.slice(0, -5))),
    'dead NS ns1.dead',
    `ns1.dead A ${at.nobody}`,
    ...['alone', 'grown'].flatMap((zone) => [`${zone} NS ns1.${zone}`, `ns1.${zone} A ${at.primary}`]),
    'six NS ns1.six',
    'ns1.six AAAA 2001:db8::53',
    'lost NS nowhere.example.test.',
    'plain MX 10 mail.good',
    'plain TXT "v=spf1 ip4:192.0.2.25 -all"',
    '_dmarc.plain TXT "v=DMARC1; p=reject; rua=mailto:dmarc@plain.test"',
    'www.plain A 192.0.2.80',
  ],
  primary: {
    ...same,
    'split.test': file('split.test', ['www A 192.0.2.80']),
    'drift.test': file('drift.test', ['www A 192.0.2.80'], {serial: 2}),
    'lame.test': file('lame.test', ['www A 192.0.2.80']),
    'alone.test': file('alone.test', []),
    'grown.test': file('grown.test', ['www A 192.0.2.80'], {serial: 2}),
    'inner.sub.test': zoneFile('inner.sub.test', ['@ NS ns1', `ns1 A ${at.primary}`, 'www A 192.0.2.80']),
  },
  secondary: {
    ...same,
    'split.test': file('split.test', ['www A 192.0.2.66']),
    'drift.test': file('drift.test', ['www A 192.0.2.80'], {serial: 1}),
    'grown.test': file('grown.test', ['www A 192.0.2.80']),
  },
}

describe.skipIf(missing.length > 0)(`checkDomain against real servers${skipNote(missing)}`, () => {
  let world: World
  let dns: Dns
  beforeAll(async () => {
    world = await startWorld(plan)
  })
  afterAll(() => world?.stop())
  beforeEach(() => {
    dns = world.open()
  })
  afterEach(() => dns.client.close())

  const check = (domain: string, ...records: ExpectedRecord[]) =>
    checkDomain(dns, {domain, document: {records}, senders: [{ip: '192.0.2.25', helo: null}]})
  /** What a reader sees first: codes with their levels, and how each record stands. */
  const outline = async (domain: string, ...records: ExpectedRecord[]) => {
    const {findings, muted, verdicts} = await check(domain, ...records)
    return {
      findings: findings.map(({level, code, subject}) => `${level} ${code} ${subject}`),
      muted: muted.map(({code}) => code),
      verdicts: verdicts.map(({name, state, status}) => `${name} ${state} ${status}`),
    }
  }
  const server = (address: string) => `${address}:${world.port}`

  it('finds nothing in a domain that is as it should be', async () => {
    const result = await check('Good.Test.', web, track)
    expect(result).toMatchObject({domain: 'good.test', zone: 'good.test', findings: [], muted: []})
    const [first, second] = result.verdicts
    const answer = {
      transport: 'udp',
      authoritative: true,
      rcode: 'NOERROR',
      ttl: 3600,
      aliases: [],
      ms: expect.any(Number),
    }
    expect(first).toEqual({
      position: 0,
      subject: 'A www',
      name: 'www.good.test',
      type: 'A',
      state: 'ok',
      status: 'verified',
      error: null,
      ttl: 3600,
      live: [
        {...answer, server: server(at.primary), records: ['192.0.2.80']},
        {...answer, server: server(at.secondary), records: ['192.0.2.80']},
        {
          ...answer,
          server: server(at.resolver),
          records: ['192.0.2.80'],
          authoritative: false,
          ttl: expect.any(Number),
        },
      ],
      retry_after_s: null,
    })
    expect(second).toMatchObject({name: 'track.good.test', type: 'CNAME', state: 'ok', status: 'verified'})
  })

  it('says that a domain does not exist, and nothing else', async () => {
    expect(await outline('gone.test', web)).toEqual({
      findings: ['error DNS_DOMAIN_NXDOMAIN gone.test'],
      muted: [],
      verdicts: ['www.gone.test missing failed'],
    })
    const {findings, verdicts} = await check('gone.test', web)
    expect(findings[0]?.message).toBe(
      'gone.test does not exist at the test servers. Register or renew it; nothing else can be checked.',
    )
    expect(verdicts[0]?.error).toBe(findings[0]?.message)
  })

  it('says what to register, or who is to publish, for a name that does not exist', async () => {
    const message = async (domain: string) => (await check(domain)).findings[0]?.message
    expect(await message('mail.gone.test')).toContain(
      'Register or renew gone.test, or publish its records in the zone test;',
    )
    expect(await message('none.good.test')).toContain('Publish its records in the zone good.test;')
    expect(await message('two words')).toContain('Nobody can register such a name: see how it is spelled;')
  })

  it('says that name servers only have IPv6 where that cannot be reached, and blames nobody', async () => {
    expect(await outline('six.test', web)).toEqual({
      findings: ['unknown NS_IPV6_ONLY NS'],
      muted: ['REC_UNKNOWN', 'REC_UNKNOWN', 'REC_UNKNOWN', 'REC_UNKNOWN'],
      verdicts: ['www.six.test unknown error'],
    })
  })

  it('takes no IP address for a domain', async () => {
    for (const ip of ['192.0.2.1', '2001:db8::1']) {
      const {findings} = await check(ip)
      expect(findings.map(({code, message}) => `${code} ${message}`)).toEqual([
        `DNS_BAD_NAME ${ip} is an IP address, and no domain. To look at it: pm ip check ${ip}`,
      ])
    }
  })

  it('checks a domain that is a name in the zone above', async () => {
    expect(await check('plain.test', web)).toMatchObject({zone: 'test', findings: [], verdicts: [{state: 'ok'}]})
  })

  it('tells a change that is on its way from one that is not made, and how long it takes', async () => {
    await dns.lookup('www.moving.test', 'A')
    expect(await outline('moving.test', web)).toEqual({
      findings: ['error HOST_ADDRESS_MISSING A www.moving.test', 'warning HOST_ADDRESS_EXTRA A www.moving.test'],
      muted: [],
      verdicts: ['www.moving.test mismatch failed'],
    })
    world.primary.edit('moving.test', file('moving.test', ['www A 192.0.2.80'], {serial: 2, ttl: 600}))
    expect((await outline('moving.test', web)).findings).toEqual([
      'warning SOA_SERIAL_DRIFT SOA',
      'error NS_INCONSISTENT_RRSET A www',
    ])
  })

  it('waits for the cache where the source is right', async () => {
    const alone = (lines: string[], serial: number) =>
      zoneFile('alone.test', ['@ NS ns1', `ns1 A ${at.primary}`, ...flawless('alone.test'), ...lines], {
        serial,
        ttl: 600,
        minimum: 90,
      })
    world.primary.edit('alone.test', alone(['www A 192.0.2.1'], 2))
    await dns.lookup('www.alone.test', 'A')
    await dns.lookup('new.alone.test', 'A')
    world.primary.edit('alone.test', alone(['www A 192.0.2.80', 'new A 192.0.2.80'], 3))
    const {findings, verdicts} = await check('alone.test', web, {...web, name: 'new'})
    expect(findings.map(({code, level}) => `${level} ${code}`)).toEqual([
      'info REC_PROPAGATING',
      'info REC_NEGATIVE_CACHED',
    ])
    expect(verdicts.map(({state, status, error}) => ({state, status, error}))).toEqual([
      {state: 'propagating', status: 'verified', error: null},
      {state: 'negative-cached', status: 'verified', error: null},
    ])
    const [old, none] = verdicts.map(({retry_after_s: seconds}) => seconds ?? 0)
    expect(old).toBeGreaterThan(500)
    expect(old).toBeLessThanOrEqual(600)
    expect(none).toBeGreaterThan(60)
    expect(none).toBeLessThanOrEqual(90)
    expect(findings[0]?.message).toMatch(
      new RegExp(
        `^A at www.alone.test is right at its name servers; ${server(at.resolver)} still has the old one for \\d`,
      ),
    )
  })

  it('says where a record is missing, and what to publish', async () => {
    const {findings} = await check('young.test', web)
    expect(findings).toEqual([
      {
        code: 'HOST_ADDRESS_MISSING',
        section: 'hosts',
        level: 'error',
        subject: 'A www.young.test',
        name: 'www.young.test',
        type: 'A',
        message: 'www.young.test has none (NXDOMAIN), and lacks 192.0.2.80.',
        expected: '192.0.2.80',
        live: [at.primary, at.secondary, at.resolver].map((address) => ({
          server: server(address),
          transport: 'udp',
          authoritative: address !== at.resolver,
          rcode: 'NXDOMAIN',
          ttl: address === at.resolver ? expect.any(Number) : 90,
          aliases: [],
          records: [],
          ms: expect.any(Number),
        })),
        cause_of: [],
        fix: {
          host: 'www',
          name: 'www.young.test',
          type: 'A',
          value: '192.0.2.80',
          ttl: 300,
          zone_line: 'www.young.test. 300 IN A 192.0.2.80',
          command: 'pm domain watch young.test',
        },
        retry_after_s: null,
        references: ['RFC 1035 §3.4.1', 'RFC 3596 §2.1'],
      },
    ])
  })

  const alias: ExpectedRecord = {record_type: 'CNAME', name: 'flat', value: 'mail.flat.test.', ttl: 300}

  it('takes a flattened CNAME for right: what is found at the name is what its target has', async () => {
    const {findings, verdicts} = await check('flat.test', alias)
    expect(findings.map(({level, code, message}) => ({level, code, message}))).toEqual([
      {
        level: 'info',
        code: 'HOST_ALIAS_CONTENT',
        message: 'flat.flat.test is no CNAME, and has the addresses of mail.flat.test: 192.0.2.25.',
      },
    ])
    expect(verdicts).toMatchObject([{state: 'ok', status: 'verified', error: null}])
  })

  it('does not take addresses of others in the place of a CNAME for right', async () => {
    expect(await outline('flat.test', {...alias, name: 'mail', value: 'click.penguin.test'})).toEqual({
      findings: ['error HOST_ALIAS_DIFFERS CNAME mail.flat.test'],
      muted: [],
      verdicts: ['mail.flat.test missing failed'],
    })
  })

  it('knows nothing of a flattened CNAME where the target cannot be asked', async () => {
    const {findings, verdicts} = await outline('flat.test', {...alias, value: 'click.dead.test'})
    expect(findings).toEqual(['unknown REC_UNKNOWN CNAME flat.flat.test'])
    expect(verdicts).toEqual(['flat.flat.test unknown error'])
  })

  it('asks for names that are stored in Unicode as DNS has them, and fixes them so', async () => {
    const mail: ExpectedRecord = {record_type: 'MX', name: '@', value: 'mail.bücher.test', priority: 10}
    const link: ExpectedRecord = {record_type: 'CNAME', name: 'wörld', value: 'mail.Bücher.test.', ttl: 300}
    expect(await outline('bücher.test', mail, link)).toEqual({
      findings: [],
      muted: [],
      verdicts: ['xn--bcher-kva.test ok verified', 'xn--wrld-5qa.xn--bcher-kva.test ok verified'],
    })
    const {findings} = await check('bücher.test', {...link, name: 'schön'})
    expect(findings).toMatchObject([
      {
        name: 'xn--schn-7qa.xn--bcher-kva.test',
        fix: {zone_line: 'xn--schn-7qa.xn--bcher-kva.test. 300 IN CNAME mail.xn--bcher-kva.test.'},
      },
    ])
  })

  it('says what is left to do in pm once a fix is published', async () => {
    const commands = async (domain: string, ...records: ExpectedRecord[]) =>
      (await check(domain, ...records)).findings.flatMap(({code, fix}) => (fix ? [`${code}: ${fix.command}`] : []))
    const key = {record_type: 'DKIM', name: 's2._domainkey', value: 'v=DKIM1; k=rsa; p=AAAA', selector: 's2'} as const
    expect(await commands('bare.test', {...key, needs_deployment: true}, web)).toEqual([
      'HOST_ADDRESS_MISSING: pm domain watch bare.test',
      "SPF_MISSING: pm domain records set bare.test SPF @ --value 'v=spf1 ip4:192.0.2.25 ~all'",
      'REC_NOT_DEPLOYED: pm domain deployed bare.test --selector s2',
      "DMARC_MISSING: pm domain records set bare.test DMARC _dmarc --value 'v=DMARC1; p=none'",
    ])
  })

  it('does not tell to publish what is published already', async () => {
    const value = 'v=DMARC1; p=reject; rua=mailto:nobody'
    const findings = async (stored: string) =>
      (await check('rua.test', {record_type: 'DMARC', name: '_dmarc', value: stored})).findings.map(
        ({code, fix}) => `${code}: ${fix?.value}`,
      )
    expect(await findings(value)).toEqual(['DMARC_RUA_SYNTAX: undefined'])
    const mended = value.replace('nobody', 'dmarc@rua.test')
    expect(await findings(mended)).toContain(`DMARC_RUA_SYNTAX: ${mended}`)
  })

  it('has no command for a domain that pm does not know', async () => {
    const {findings} = await checkDomain(dns, {domain: 'bare.test', document: undefined, senders: []})
    expect(findings.map(({code, fix}) => [code, fix?.command])).toEqual([
      ['SPF_MISSING', undefined],
      ['DMARC_MISSING', null],
    ])
  })

  it('says what is published and what is expected where the two only differ', async () => {
    const value = 'v=DMARC1; p=reject; rua=mailto:other@good.test'
    const policy: ExpectedRecord = {record_type: 'DMARC', name: '_dmarc', value, ttl: 300}
    const {findings, verdicts} = await check('good.test', policy)
    expect(findings.map(({level, code, message}) => ({level, code, message}))).toEqual([
      {
        level: 'error',
        code: 'REC_MISMATCH',
        message: `TXT at _dmarc.good.test is “v=DMARC1; p=reject; rua=mailto:dmarc@good.test”, expected is ${value}.`,
      },
      {level: 'warning', code: 'DMARC_MISMATCH', message: expect.stringContaining('rua')},
    ])
    expect(findings[0]).toMatchObject({expected: value, fix: {host: '_dmarc', type: 'TXT', value, ttl: 300}})
    expect(verdicts).toMatchObject([{state: 'mismatch', status: 'failed', error: findings[0]?.message}])
  })

  it('fails the one of several records that is missing, and not those that are there', async () => {
    const mail: ExpectedRecord = {record_type: 'MX', name: '@', value: 'mail.good.test.', priority: 10}
    const others = [81, 82].map((host) => ({...web, value: `192.0.2.${host}`}))
    const second = {...mail, value: 'mail2.good.test.', priority: 20}
    const {findings, verdicts} = await check('good.test', web, ...others, mail, second)
    expect(findings.map(({code, level}) => `${level} ${code}`)).toEqual([
      'error MX_MISMATCH',
      'error HOST_ADDRESS_MISSING',
      'error HOST_ADDRESS_MISSING',
    ])
    expect(verdicts.map(({state, status, error}) => [state, status, error])).toEqual([
      ['ok', 'verified', null],
      ['mismatch', 'failed', 'www.good.test has 192.0.2.80, and lacks 192.0.2.81.'],
      ['mismatch', 'failed', 'www.good.test has 192.0.2.80, and lacks 192.0.2.82.'],
      ['ok', 'verified', null],
      ['mismatch', 'failed', 'good.test has no MX to mail2.good.test. Add: MX 20 mail2.good.test'],
    ])
  })

  it('fails a record that is there and does not work', async () => {
    const mail: ExpectedRecord = {record_type: 'MX', name: '@', value: 'mail.nohost.test.', priority: 10}
    const {findings, verdicts} = await check('nohost.test', mail)
    expect(findings.map(({code}) => code)).toEqual(['MX_UNRESOLVABLE'])
    expect(verdicts).toMatchObject([{state: 'ok', status: 'failed', error: findings[0]?.message}])
  })

  it('takes a null MX that is stored for right', async () => {
    const none: ExpectedRecord = {record_type: 'MX', name: '@', value: '.', priority: 0}
    expect(await outline('nomail.test', none)).toEqual({
      findings: ['info MX_NULL MX'],
      muted: [],
      verdicts: ['nomail.test ok verified'],
    })
    expect((await check('bare.test', none)).findings[0]).toMatchObject({
      code: 'MX_MISMATCH',
      expected: '0 .',
      fix: {zone_line: 'bare.test. 3600 IN MX 0 .'},
    })
  })

  it('knows a record whose name has the zone in it twice', async () => {
    const {findings} = await check('doubled.test', web)
    expect(findings.map(({code, message}) => ({code, message}))).toEqual([
      {
        code: 'REC_DOUBLE_SUFFIX',
        message:
          'A of www.doubled.test is at www.doubled.test.doubled.test: the panel added the zone a second time. Enter “www” as the name.',
      },
    ])
  })

  it('knows the answer of a wildcard', async () => {
    expect((await outline('wild.test', web)).findings).toEqual([
      'warning REC_WILDCARD_ANSWER A www',
      'error HOST_ADDRESS_MISSING A www.wild.test',
      'warning HOST_ADDRESS_EXTRA A www.wild.test',
    ])
    expect((await outline('wild.test', {...web, value: '192.0.2.99'})).findings).toEqual([])
  })

  it('names the servers that disagree', async () => {
    const {findings, verdicts} = await check('split.test', web)
    expect(findings.map(({code, message}) => ({code, message}))).toEqual([
      {
        code: 'NS_INCONSISTENT_RRSET',
        message: `1 of the 2 name servers that answer is wrong about A at www.split.test: ${server(at.secondary)} has “192.0.2.66”.`,
      },
    ])
    expect(verdicts).toMatchObject([{state: 'inconsistent', status: 'failed', error: findings[0]?.message}])
  })

  it('warns of versions that differ', async () => {
    const {findings, verdicts} = await check('drift.test', web)
    expect(findings.map(({code, message}) => ({code, message}))).toEqual([
      {
        code: 'SOA_SERIAL_DRIFT',
        message: `The name servers of drift.test have different serials: ns1.drift.test (${server(at.primary)}) has 2, ns2.drift.test (${server(at.secondary)}) has 1. Some have not picked up the last change.`,
      },
    ])
    expect(verdicts).toMatchObject([{state: 'ok', status: 'verified'}])
  })

  it('names a lame server, and goes by the others', async () => {
    const {findings, verdicts} = await check('lame.test', web)
    expect(findings.map(({code, message}) => ({code, message}))).toEqual([
      {
        code: 'NS_LAME',
        message: `ns2.lame.test (${server(at.secondary)}) is a name server of lame.test, but does not know the zone: it answered REFUSED. Mail checks through it fail.`,
      },
    ])
    expect(verdicts).toMatchObject([{state: 'ok', status: 'verified'}])
  })

  it('never says of a domain whose servers are silent that anything is missing', async () => {
    dns.client.close()
    dns = world.open({udpMs: [100, 100], tcpMs: 100})
    const {findings, muted, verdicts} = await check('dead.test', web)
    expect(findings.map(({code, level, message}) => ({code, level, message}))).toEqual([
      {
        code: 'NS_TIMEOUT',
        level: 'unknown',
        message: `ns1.dead.test (${server(at.nobody)}) is a name server of dead.test, but cannot be asked: nobody listens at that address and port.`,
      },
    ])
    expect(findings[0]?.cause_of).toEqual(['REC_UNKNOWN'])
    expect(muted.map(({section, code, name}) => `${section} ${code} ${name}`)).toEqual([
      'hosts REC_UNKNOWN dead.test',
      'hosts REC_UNKNOWN www.dead.test',
      'spf REC_UNKNOWN dead.test',
      'dmarc REC_UNKNOWN _dmarc.dead.test',
    ])
    expect(verdicts).toMatchObject([{state: 'unknown', status: 'error', error: findings[0]?.message}])
  })

  it('names a name server without an address', async () => {
    const {findings} = await check('lost.test', web)
    expect(findings.map(({code, level, message}) => ({code, level, message}))).toEqual([
      {
        code: 'NS_UNRESOLVABLE',
        level: 'error',
        message: 'lost.test has a name server that nobody can ask: nowhere.example.test has no address (NXDOMAIN).',
      },
    ])
  })

  it('warns where the zone and the zone above list other servers, and asks them all', async () => {
    const {findings, verdicts} = await check('grown.test', web)
    expect(findings.map(({code, message}) => ({code, message}))).toMatchObject([
      {
        code: 'NS_PARENT_MISMATCH',
        message: 'The name servers of grown.test differ: only the zone itself lists ns2.grown.test.',
      },
      {code: 'SOA_SERIAL_DRIFT'},
    ])
    expect(verdicts[0]?.live.map((live) => live.server)).toEqual([at.primary, at.secondary, at.resolver].map(server))
  })

  it('reads an answer that does not fit a datagram', async () => {
    const {verdicts} = await check('long.test', web)
    expect(verdicts[0]?.state).toBe('ok')
    expect(verdicts[0]?.live.map(({transport}) => transport)).toEqual(['tcp', 'tcp', 'tcp'])
  })

  it('goes to the servers of a zone below for what is in it', async () => {
    expect(await outline('sub.test', {...web, name: 'www.inner'})).toEqual({
      findings: [],
      muted: [],
      verdicts: ['www.inner.sub.test ok verified'],
    })
  })

  it('does not fail what waits for its deployment', async () => {
    expect(await outline('young.test', {...web, needs_deployment: true})).toEqual({
      findings: ['info REC_NOT_DEPLOYED A www'],
      muted: [],
      verdicts: ['www.young.test missing pending'],
    })
  })

  it('says what is wrong with the stored document, and checks the rest of it', async () => {
    const document = {records: [{...web, ttl: -1}, web]}
    const {findings, verdicts} = await checkDomain(dns, {domain: 'good.test', document, senders: []})
    expect(findings.map(({code, message}) => ({code, message}))).toEqual([
      {
        code: 'REC_STORED_INVALID',
        message:
          'What is stored of good.test cannot be checked: records[0].ttl must be a whole number from 0 to 2147483647.',
      },
    ])
    expect(verdicts.map(({position, state}) => ({position, state}))).toEqual([{position: 1, state: 'ok'}])
  })

  describe('mail records', () => {
    const spf: ExpectedRecord = {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 ~all'}
    const dmarc: ExpectedRecord = {record_type: 'DMARC', name: '_dmarc', value: 'v=DMARC1; p=reject'}
    const dkim: ExpectedRecord = {
      record_type: 'DKIM',
      name: 's1._domainkey',
      value: 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
    }

    it('are compared by what they mean', async () => {
      expect(await outline('keys.test', spf, dkim)).toEqual({
        findings: [],
        muted: [],
        verdicts: ['keys.test ok verified', 's1._domainkey.keys.test ok verified'],
      })
    })

    it('fail where they are published as expected and do not work', async () => {
      const {findings, verdicts} = await check('twice.test', spf)
      expect(findings.map(({level, code}) => `${level} ${code}`)).toEqual(['error SPF_MULTIPLE'])
      expect(verdicts).toMatchObject([{state: 'mismatch', status: 'failed', error: findings[0]?.message}])
    })

    it('keep the other senders in every fix', async () => {
      const strict = {...spf, value: 'v=spf1 ip4:192.0.2.25 -all'}
      const {findings, verdicts} = await check('weak.test', strict)
      const value = 'v=spf1 ip4:192.0.2.25 include:good.test -all'
      expect(findings.map(({level, code, fix}) => [level, code, fix?.value])).toEqual([
        ['error', 'REC_MISMATCH', value],
        ['warning', 'SPF_MISMATCH', value],
      ])
      expect(verdicts).toMatchObject([{state: 'mismatch', status: 'failed', error: findings[0]?.message}])
      const waiting = await check('weak.test', {...strict, needs_deployment: true})
      expect(waiting.findings.map(({code, fix}) => [code, fix])).toEqual([['REC_NOT_DEPLOYED', null]])
    })

    it('have the policy of the SPF record that theirs redirects to', async () => {
      expect(await outline('corp.test', spf)).toEqual({
        findings: [],
        muted: [],
        verdicts: ['corp.test ok verified'],
      })
      expect((await outline('corp.test', {...spf, value: 'v=spf1 ip4:192.0.2.99 ~all'})).verdicts).toEqual([
        'corp.test mismatch failed',
      ])
    })

    it('say the cause, not its effects', async () => {
      expect(await outline('panel.test', dkim, dmarc)).toEqual({
        findings: ['error REC_DOUBLE_SUFFIX DKIM s1', 'error REC_DOUBLE_SUFFIX DMARC'],
        muted: ['DKIM_MISSING', 'DMARC_MISSING'],
        verdicts: ['s1._domainkey.panel.test missing failed', '_dmarc.panel.test missing failed'],
      })
    })
  })

  describe('the fix of a record at an alias', () => {
    const dmarc: ExpectedRecord = {
      record_type: 'DMARC',
      name: '_dmarc',
      value: 'v=DMARC1; p=reject; rua=mailto:dmarc@alias.test',
    }
    const told = async (...records: ExpectedRecord[]) =>
      (await check('alias.test', ...records)).findings.flatMap(({code, message, fix, level}) =>
        level === 'error' ? [{code, message, line: fix?.zone_line, command: fix?.command}] : [],
      )

    it('is where the alias ends in the zone', async () => {
      expect(await told(dmarc)).toEqual([
        {
          code: 'REC_MISMATCH',
          message: `TXT at _dmarc.alias.test is “v=DMARC1; p=none; rua=mailto:dmarc@alias.test”, expected is ${dmarc.value}. _dmarc.alias.test is an alias of policy.alias.test: publish it there, or in the place of the CNAME.`,
          line: `policy.alias.test. 3600 IN TXT "${dmarc.value}"`,
          command: 'pm domain watch alias.test',
        },
      ])
    })

    it('is nowhere where the alias ends in the zone of others', async () => {
      const key = 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='
      expect(await told({record_type: 'DKIM', name: 's1._domainkey', value: key})).toEqual([
        {
          code: 'DKIM_CNAME_TARGET',
          message:
            's1._domainkey.alias.test is a CNAME to s1.penguin.test, which has no TXT record (NXDOMAIN). Its owner must publish the key there, or replace the CNAME with the key itself.',
        },
      ])
    })

    it('is not at another host, which would have the address too', async () => {
      expect(await told(web)).toEqual([
        {
          code: 'HOST_ADDRESS_MISSING',
          message:
            'www.alias.test has 192.0.2.25, and lacks 192.0.2.80. www.alias.test is an alias of mail.alias.test: publish it in the place of the CNAME.',
        },
      ])
    })

    it('is at the name itself where only a wildcard makes it an alias', async () => {
      expect(await told({...web, name: 'any.wild'})).toMatchObject([
        {code: 'HOST_ADDRESS_MISSING', line: 'any.wild.alias.test. 300 IN A 192.0.2.80'},
      ])
    })
  })

  it('takes no rubbish for a domain', async () => {
    expect(await outline('no such..domain', web)).toEqual({
      findings: ['error DNS_BAD_NAME no such..domain'],
      muted: [],
      verdicts: ['www.no such..domain unknown error'],
    })
  })
})
