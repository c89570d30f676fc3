import {array, asyncProperty, stringMatching, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {parseDmarc} from '../../../src/dns/dmarc/parse-record.ts'
import type {Policy} from '../../../src/dns/dmarc/record.ts'
import {checkExtras} from '../../../src/dns/extras/check.ts'
import type {ExtraTarget} from '../../../src/dns/extras/extra.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const domain = 'mail.acme.example'
const key = (keyTag: number) => ({flags: 257, algorithm: 13, keyTag})
const ds = (keyTag: number) => ({keyTag, algorithm: 13, digestType: 2, digest: 'aa'})

/** A domain that has everything. */
const whole: Zone = {
  [`_mta-sts.${domain}`]: {TXT: [txt('v=STSv1; id=20260301T000000;')]},
  [`_smtp._tls.${domain}`]: {TXT: [txt('v=TLSRPTv1; rua=mailto:tls@acme.example,https://acme.example/tls')]},
  [`default._bimi.${domain}`]: {TXT: [txt('v=BIMI1; l=https://acme.example/logo.svg; a=')]},
  [`mta-sts.${domain}`]: {A: ['192.0.2.5']},
  'acme.example': {
    DS: [ds(1), ds(2)],
    DNSKEY: [key(2), key(3)],
    CAA: [
      {flags: 0, tag: 'issue', value: 'ca.example; policy=ev'},
      {flags: 128, tag: 'iodef', value: 'mailto:ca@acme.example'},
    ],
  },
}

const unknown = async () => null
/** What a DMARC record of the domain itself asks for. */
const asks = (policy: Policy, tags = '', tag: 'p' | 'sp' | 'np' = 'p') => {
  const record = parseDmarc(`v=DMARC1; p=${policy}; ${tags}`)
  return async () => ({policy, from: domain, tag, record})
}
const policy = (...lines: string[]) => ({text: ['version: STSv1', ...lines, 'max_age: 604800', ''].join('\r\n')})

async function check(zone: Zone, changed: Partial<ExtraTarget> = {}) {
  return checkExtras(zoneLookup({...whole, ...zone}), {
    domain,
    zone: 'acme.example',
    mxHosts: unknown,
    dmarc: asks('reject'),
    ...changed,
  })
}

async function found(zone: Zone, changed: Partial<ExtraTarget> = {}) {
  return (await check(zone, changed)).findings.map(({code, level, message}) => [code, level, message])
}

describe('checkExtras', () => {
  it('finds nothing wrong with a domain that has everything', async () => {
    expect(await check({})).toEqual({
      findings: [],
      facts: {
        mtaSts: {id: '20260301T000000', policy: null},
        tlsRpt: {rua: ['mailto:tls@acme.example', 'https://acme.example/tls']},
        bimi: {logo: 'https://acme.example/logo.svg', evidence: ''},
        dnssec: {signed: true},
        caa: {from: 'acme.example', issuers: ['ca.example']},
      },
    })
  })

  it('tells what a domain has not, without alarm', async () => {
    const {findings, facts} = await checkExtras(zoneLookup({}), {domain, mxHosts: unknown, dmarc: unknown})
    expect(findings.map(({code, level, message}) => [code, level, message])).toEqual([
      ['MTASTS_MISSING', 'info', `_mta-sts.${domain} has no MTA-STS record.`],
      ['TLSRPT_MISSING', 'info', `_smtp._tls.${domain} has no TLS-RPT record.`],
      ['BIMI_MISSING', 'info', `default._bimi.${domain} has no BIMI record.`],
      ['DNSSEC_UNSIGNED', 'info', `${domain} is not signed.`],
      ['CAA_MISSING', 'info', `Neither ${domain} nor a domain above it has CAA.`],
    ])
    expect(facts).toMatchObject({dnssec: {signed: false}, caa: {from: null, issuers: null}})
  })

  it('never takes a failure for something missing', async () => {
    const names = [`_mta-sts.${domain}`, `_smtp._tls.${domain}`, `default._bimi.${domain}`, domain]
    const broken = Object.fromEntries(names.map((name) => [name, 'timeout' as const]))
    const {findings, facts} = await checkExtras(zoneLookup(broken), {domain, mxHosts: unknown, dmarc: unknown})
    expect(findings.map(({code, level, name, type}) => [code, level, name, type])).toEqual(
      [...names.slice(0, 3).map((name) => [name, 'TXT']), [domain, 'DS'], [domain, 'CAA']].map((asked) => [
        'REC_UNKNOWN',
        'unknown',
        ...asked,
      ]),
    )
    expect(facts.dnssec.signed).toBeNull()
  })

  it.each([
    ['MTASTS', 'MTA-STS', `_mta-sts.${domain}`, 'v=STSv1; id=1'],
    ['TLSRPT', 'TLS-RPT', `_smtp._tls.${domain}`, 'v=TLSRPTv1; rua=mailto:a@acme.example'],
    ['BIMI', 'BIMI', `default._bimi.${domain}`, 'v=BIMI1; l=https://acme.example/a.svg'],
  ])('wants one %s record', async (code, name, at, text) => {
    expect(await found({[at]: {TXT: [txt(text), txt(text), txt('else')]}})).toEqual([
      [`${code}_MULTIPLE`, 'warning', `2 ${name} records are at ${at}. Keep one.`],
    ])
  })

  it.each([
    [
      `_mta-sts.${domain}`,
      'v=STSv1',
      [['MTASTS_SYNTAX', 'warning', 'id= must be 1 to 32 letters and digits, and is missing.']],
    ],
    [
      `_mta-sts.${domain}`,
      'v=STSv1; id=a-b',
      [['MTASTS_SYNTAX', 'warning', 'id= must be 1 to 32 letters and digits, and is “a-b”.']],
    ],
    [
      `_mta-sts.${domain}`,
      'v=STSv1; id=1; x',
      [
        [
          'MTASTS_SYNTAX',
          'warning',
          'At character 16: “x” is not a field: that is a name, “=” and a value, without blanks around the “=”.',
        ],
      ],
    ],
    [`_mta-sts.${domain}`, 'v=STSv1; id=1; my-ext=foo; 2.b=!', []],
    [
      `_mta-sts.${domain}`,
      'v=STSv1; id = 1',
      [
        [
          'MTASTS_SYNTAX',
          'warning',
          'At character 10: “id = 1” is not a field: that is a name, “=” and a value, without blanks around the “=”.',
        ],
        ['MTASTS_SYNTAX', 'warning', 'id= must be 1 to 32 letters and digits, and is missing.'],
      ],
    ],
    [
      `_mta-sts.${domain}`,
      'v = STSv1; id=1',
      [
        [
          'MTASTS_MISSING',
          'warning',
          `_mta-sts.${domain} has no MTA-STS record. “v = STSv1; id=1” is not taken for one: that begins with exactly “v=STSv1;”.`,
        ],
      ],
    ],
    [
      `_smtp._tls.${domain}`,
      'v=tlsrptv1; rua=mailto:a@acme.example',
      [
        [
          'TLSRPT_MISSING',
          'warning',
          `_smtp._tls.${domain} has no TLS-RPT record. “v=tlsrptv1; rua=mailto:a@acme.example” is not taken for one: that begins with exactly “v=TLSRPTv1;”.`,
        ],
      ],
    ],
    [`_smtp._tls.${domain}`, 'v=TLSRPTv1 ;rua=https://acme.example/?a=b , mailto:b@acme.example; my-ext=foo;', []],
    [
      `_smtp._tls.${domain}`,
      'v=TLSRPTv1',
      [['TLSRPT_SYNTAX', 'warning', 'rua= must list mailto: or https: addresses, and has “”.']],
    ],
    [
      `_smtp._tls.${domain}`,
      'v=TLSRPTv1; rua=mailto:a@acme.example,http://acme.example',
      [['TLSRPT_SYNTAX', 'warning', 'rua= must list mailto: or https: addresses, and has “http://acme.example”.']],
    ],
    [`default._bimi.${domain}`, 'v=BIMI1', [['BIMI_SYNTAX', 'warning', 'l=, where the logo is, is missing.']]],
    [
      `default._bimi.${domain}`,
      'v=BIMI1; l=http://acme.example/a.svg; a=a.pem',
      [
        ['BIMI_SYNTAX', 'warning', '“http://acme.example/a.svg” must begin with https://.'],
        ['BIMI_SYNTAX', 'warning', '“a.pem” must begin with https://.'],
      ],
    ],
    [`default._bimi.${domain}`, 'v=BIMI1; l=; a=;', []],
  ])('at %s judges “%s”', async (at, text, findings) =>
    expect(await found({[at]: {TXT: [txt(text)]}})).toEqual(findings),
  )

  it('wants a strict DMARC policy for BIMI', async () => {
    const told = async (dmarc: ExtraTarget['dmarc']) => found({}, {dmarc})
    const needs = 'logos need p= and sp= at quarantine or reject, and pct=100.'
    expect(await told(asks('none'))).toEqual([['BIMI_DMARC', 'warning', `DMARC has p=none; ${needs}`]])
    expect(await told(asks('reject', 'sp=none; pct=50'))).toEqual([
      ['BIMI_DMARC', 'warning', `DMARC has sp=none, pct=50; ${needs}`],
    ])
    expect(await told(asks('quarantine', 'pct=99'))).toEqual([['BIMI_DMARC', 'warning', `DMARC has pct=99; ${needs}`]])
    expect(await told(asks('quarantine', 'sp=reject; pct=100'))).toEqual([])
  })

  it.each([
    [
      {DNSKEY: [key(3)]},
      [
        'DNSSEC_NO_DS',
        'warning',
        'acme.example has keys (3), and the zone above has no DS for them. Enter it at the registrar.',
      ],
    ],
    [
      {DS: [ds(1)]},
      [
        'DNSSEC_NO_KEY',
        'error',
        'The zone above has DS for 1, and acme.example has no DNSKEY. Remove the DS at the registrar, or sign the zone.',
      ],
    ],
    [
      {DS: [ds(1)], DNSKEY: [key(3), key(4)]},
      [
        'DNSSEC_KEY_MISMATCH',
        'error',
        'The zone above has DS for 1, and acme.example has the keys 3, 4. Enter the DS of those at the registrar.',
      ],
    ],
  ])('compares the keys of the zone with those that the zone above names', async (rows, finding) => {
    expect(await found({'acme.example': {...rows, CAA: [{flags: 0, tag: 'issue', value: ';'}]}})).toEqual([finding])
  })

  it('reads CAA: the nearest counts, and nobody may where the value is empty', async () => {
    const rows = [
      {flags: 0, tag: 'issue', value: ';'},
      {flags: 128, tag: 'future', value: '1'},
    ]
    const {findings, facts} = await check({[domain]: {CAA: rows}})
    expect(findings).toMatchObject([
      {code: 'CAA_CRITICAL', level: 'warning', message: `${domain} has a critical CAA property “future”.`},
    ])
    expect(facts.caa).toEqual({from: domain, issuers: []})
  })

  describe('of the MTA-STS policy', () => {
    const mxHosts = async () => ['mx1.mail.example', 'mx.other.example']
    const fetched = (reply: {text: string} | {problem: string}) => found({}, {mxHosts, fetchText: async () => reply})

    it('fetches it where the standard has it, from the addresses that DNS has, once there is a record', async () => {
      const asked: string[] = []
      const fetchText = async (url: string, addresses: readonly string[]) => {
        asked.push(url, ...addresses)
        return policy('mode: enforce', 'mx: *.mail.example', 'mx: MX.other.example')
      }
      expect(await check({}, {mxHosts, fetchText})).toMatchObject({
        findings: [],
        facts: {
          mtaSts: {
            policy: {mode: 'enforce', maxAge: 604_800, mx: ['*.mail.example', 'mx.other.example'], problems: []},
          },
        },
      })
      await check({[`_mta-sts.${domain}`]: {TXT: []}}, {mxHosts, fetchText})
      expect(asked).toEqual([`https://mta-sts.${domain}/.well-known/mta-sts.txt`, '192.0.2.5'])
    })

    it('says that its host has no address, or that this could not be learned', async () => {
      const host = `mta-sts.${domain}`
      const fetchText = async () => policy('mode: enforce')
      expect(await found({[host]: {}}, {mxHosts, fetchText})).toEqual([
        ['MTASTS_POLICY', 'warning', expect.stringContaining(`could not be had: ${host} has no address.`)],
      ])
      expect(await found({[host]: 'timeout'}, {mxHosts, fetchText})).toEqual([
        ['REC_UNKNOWN', 'unknown', expect.stringContaining(`A at ${host} could not be learned`)],
      ])
    })

    it('finds a host that it does not name', async () => {
      const message =
        'The policy names *.other.example, mail.example, and not mx1.mail.example. Add: mx: mx1.mail.example'
      expect(await fetched(policy('mode: enforce', 'mx: *.other.example', 'mx: mail.example'))).toEqual([
        ['MTASTS_MX', 'error', message],
      ])
      expect(await fetched(policy('mode: testing', 'mx: *.other.example', 'mx: mail.example'))).toEqual([
        ['MTASTS_MX', 'warning', message],
        ['MTASTS_MODE', 'info', 'The policy has mode: testing. Go on to enforce once the reports are clean.'],
      ])
      expect(await fetched(policy('mode: enforce', 'mx: *.example'))).toHaveLength(2)
    })

    it('misses no host where the domain receives no mail', async () => {
      const fetchText = async () => policy('mode: enforce', 'mx: mail.example')
      expect(await found({}, {mxHosts: async () => [''], fetchText})).toEqual([])
    })

    it('lets it have extensions', async () => {
      expect(
        await fetched(policy('mode: enforce', 'my-ext: foo', 'mx: *.mail.example', 'mx: mx.other.example')),
      ).toEqual([])
    })

    it('says why it cannot be used', async () => {
      const at = `https://mta-sts.${domain}/.well-known/mta-sts.txt`
      expect(await fetched({problem: 'the certificate has expired'})).toEqual([
        ['MTASTS_POLICY', 'warning', `${at} could not be had: the certificate has expired.`],
      ])
      expect(await fetched({text: '<html>'})).toEqual([
        [
          'MTASTS_POLICY',
          'warning',
          `The policy at ${at} cannot be used: version must be STSv1. mode must be enforce, testing or none. max_age must be a number of seconds, a year at most. mx is missing.`,
        ],
      ])
      expect(await fetched(policy('mode: none'))).toEqual([
        ['MTASTS_MODE', 'info', 'The policy has mode: none, so nothing is protected.'],
      ])
    })
  })

  it('comes to an end with any records and policy', async () => {
    const record = stringMatching(/^v=(STSv1|TLSRPTv1|BIMI1)(; ?(id|rua|l|a|x)=[a-z:/@., ]{0,20}){0,4};?$/)
    await sure(
      asyncProperty(array(record, {maxLength: 3}), record, async (texts, text) => {
        const TXT = texts.map(txt)
        const zone = Object.fromEntries(
          [`_mta-sts.${domain}`, `_smtp._tls.${domain}`, `default._bimi.${domain}`].map((at) => [at, {TXT}]),
        )
        const {findings} = await check(zone, {
          mxHosts: async () => ['mx'],
          fetchText: async () => ({text: text.replaceAll('=', ':')}),
        })
        for (const {message} of findings) expect(message).not.toContain('undefined')
      }),
    )
  })
})
