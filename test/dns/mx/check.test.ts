import {array, asyncProperty, constantFrom, nat, record, string, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {checkMx, type MxTarget} from '../../../src/dns/mx/check.ts'
import {type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const hosts: Zone = {
  'mx1.mail.example': {A: ['192.0.2.1'], AAAA: ['2001:db8::1']},
  'mx2.mail.example': {A: ['192.0.2.2']},
}
const expected = [
  {preference: 10, host: 'mx1.mail.example.', addresses: ['192.0.2.1']},
  {preference: 20, host: 'MX2.mail.example'},
]
const mx = (...rows: [preference: number, exchange: string][]): Zone => ({
  'acme.example': {MX: rows.map(([preference, exchange]) => ({preference, exchange}))},
})

async function check(zone: Zone, changed: Partial<MxTarget> = {}) {
  return checkMx(zoneLookup({...hosts, ...zone}), {domain: 'acme.example', expected, ...changed})
}

async function found(zone: Zone, changed: Partial<MxTarget> = {}) {
  const {findings} = await check(zone, changed)
  return findings.map(({code, level, message}) => [code, level, message])
}

describe('checkMx', () => {
  it('finds nothing wrong with what is expected, in any order and case', async () => {
    const {findings, facts} = await check(mx([20, 'mx2.mail.example'], [10, 'mx1.mail.example']))
    expect(findings).toEqual([])
    expect(facts).toMatchObject({
      records: [
        {preference: 10, host: 'mx1.mail.example'},
        {preference: 20, host: 'mx2.mail.example'},
      ],
      hosts: [
        {host: 'mx1.mail.example', addresses: ['192.0.2.1', '2001:db8::1'], resolves: true},
        {host: 'mx2.mail.example'},
      ],
      implicit: false,
    })
  })

  it('says which records are missing, and where mail goes for want of them', async () => {
    const {findings, facts} = await check({'acme.example': {A: ['192.0.2.80']}})
    const message = 'acme.example has no MX record (NODATA). Its mail goes to its own address, 192.0.2.80.'
    expect(findings).toEqual([
      {
        code: 'MX_MISSING',
        level: 'error',
        subject: 'MX',
        name: 'acme.example',
        type: 'MX',
        message: `${message} Add: MX 10 mx1.mail.example`,
        expected: '10 mx1.mail.example, 20 mx2.mail.example',
        live: [expect.objectContaining({rcode: 'NODATA', records: []})],
        cause_of: [],
        fix: {
          host: '@',
          name: 'acme.example',
          type: 'MX',
          value: '10 mx1.mail.example.',
          ttl: 3600,
          zone_line: 'acme.example. 3600 IN MX 10 mx1.mail.example.',
          command: null,
        },
        retry_after_s: null,
        references: ['RFC 5321 §5.1'],
      },
      expect.objectContaining({message: `${message} Add: MX 20 mx2.mail.example`}),
    ])
    expect(facts).toEqual({records: [], hosts: [], implicit: true})
  })

  it('warns of mail to the address of the domain where nothing is expected', async () => {
    expect(await found({'acme.example': {A: ['192.0.2.80']}}, {expected: null})).toEqual([
      [
        'MX_IMPLICIT',
        'warning',
        'acme.example has no MX record (NODATA). Its mail goes to its own address, 192.0.2.80.',
      ],
    ])
    expect(await found({}, {expected: null})).toEqual([
      ['MX_MISSING', 'error', 'acme.example has no MX record (NXDOMAIN).'],
    ])
  })

  it('never takes a failure for a missing record or host', async () => {
    expect(await check({'acme.example': 'SERVFAIL'})).toMatchObject({
      findings: [{code: 'REC_UNKNOWN', level: 'unknown', name: 'acme.example'}],
      facts: {records: null},
    })
    const zone = {...mx([10, 'mx1.mail.example'], [20, 'mx2.mail.example']), 'mx2.mail.example': 'timeout'} as const
    expect(await check(zone)).toMatchObject({findings: [{code: 'REC_UNKNOWN', name: 'mx2.mail.example', type: 'A'}]})
  })

  it.each([
    ['.', 0, []],
    ['', 0, []],
    ['.', 10, [['MX_NULL_PREFERENCE', 'info', 'The null MX has preference 10, and should have 0.']]],
  ])('knows a null MX, “%s” with preference %d', async (exchange, preference, more) => {
    expect(await found(mx([preference, exchange]))).toEqual([
      ['MX_NULL', 'error', 'acme.example has a null MX (“.”): it says that it takes no mail. Remove it.'],
      ...more,
    ])
  })

  it('says of a null MX that is expected only that it is there', async () => {
    const none = {expected: [{preference: 0, host: '.'}]}
    expect(await found(mx([0, '.']), none)).toEqual([
      ['MX_NULL', 'info', 'acme.example has a null MX (“.”): it says that it takes no mail.'],
    ])
  })

  it('says that a null MX that is expected is missing, and that others get mail', async () => {
    const none = {expected: [{preference: 0, host: '.'}]}
    const {findings} = await check({'acme.example': {}}, none)
    expect(findings).toMatchObject([
      {
        code: 'MX_MISSING',
        message: 'acme.example has no MX record (NODATA). Add: MX 0 .',
        expected: '0 .',
        fix: {value: '0 .'},
      },
    ])
    expect(await found(mx([10, 'mx1.mail.example']), none)).toEqual([
      [
        'MX_MISMATCH',
        'error',
        'acme.example has no null MX (“.”), which must be alone. Put in the place of all others: MX 0 .',
      ],
      [
        'MX_MISMATCH',
        'error',
        'acme.example also has MX 10 mx1.mail.example, which is not expected and gets mail of the domain. Remove it if it is not in use.',
      ],
    ])
  })

  it('finds a null MX beside others', async () => {
    expect(await found(mx([0, '.'], [10, 'mx1.mail.example'], [20, 'mx2.mail.example']))).toEqual([
      [
        'MX_NULL_MIXED',
        'error',
        'acme.example has a null MX (“.”) beside mx1.mail.example, mx2.mail.example. Remove the one or the others.',
      ],
    ])
  })

  it.each([
    [
      'a CNAME',
      'alias.example',
      {'alias.example': {CNAME: ['mx1.mail.example']}},
      [
        [
          'MX_CNAME',
          'warning',
          'alias.example is a CNAME to mx1.mail.example. Name a host with an address of its own.',
        ],
      ],
    ],
    [
      'a CNAME to nothing',
      'alias.example',
      {'alias.example': {CNAME: ['gone.example']}},
      [
        ['MX_CNAME', 'warning', 'alias.example is a CNAME to gone.example. Name a host with an address of its own.'],
        ['MX_UNRESOLVABLE', 'error', 'alias.example has no address, neither A nor AAAA.'],
      ],
    ],
    [
      'a host without an address',
      'gone.example',
      {'gone.example': {TXT: []}},
      [['MX_UNRESOLVABLE', 'error', 'gone.example has no address, neither A nor AAAA.']],
    ],
    [
      'a name that cannot be',
      'a..example',
      {'a..example': 'bad name'},
      [['MX_UNRESOLVABLE', 'error', 'a..example has no address, neither A nor AAAA.']],
    ],
    [
      'an address',
      '192.0.2.1',
      {},
      [
        [
          'MX_IP_LITERAL',
          'error',
          'An MX of acme.example is the address 192.0.2.1. Make a host name with this address, and name that in the MX.',
        ],
      ],
    ],
    ['the proof of Microsoft that leads nowhere', 'ms12345.msv1.invalid', {}, []],
  ] as const)('judges a host that is %s', async (_, host, zone, findings) => {
    expect(await found({...mx([10, host]), ...zone}, {expected: null})).toEqual(findings)
  })

  it('finds a host that is there twice', async () => {
    expect(
      await found(mx([10, 'mx1.mail.example'], [30, 'mx1.mail.example'], [20, 'mx2.mail.example']), {expected: null}),
    ).toEqual([['MX_DUP', 'warning', 'mx1.mail.example is there 2 times, with preference 10, 30. Keep the first.']])
  })

  it('compares the hosts: those that lack, those that take mail away, and those behind ours', async () => {
    const zone = {'other.example': {A: ['192.0.2.9']}}
    const lacking = ['MX_MISMATCH', 'error', 'acme.example has no MX to mx2.mail.example. Add: MX 20 mx2.mail.example']
    expect(await found({...zone, ...mx([10, 'mx1.mail.example'], [10, 'other.example'])})).toEqual([
      lacking,
      [
        'MX_MISMATCH',
        'error',
        'acme.example also has MX 10 other.example, which is not expected and gets mail of the domain. Remove it if it is not in use.',
      ],
    ])
    expect(
      await found({...zone, ...mx([10, 'mx1.mail.example'], [20, 'mx2.mail.example'], [30, 'other.example'])}),
    ).toEqual([
      [
        'MX_MISMATCH',
        'warning',
        'acme.example also has MX 30 other.example, which is not expected and gets mail of the domain when the others are down. Remove it if it is not in use.',
      ],
    ])
  })

  it.each([
    [[20, 10], 'warning', 'Senders try the hosts in another order.', '10 mx2.mail.example, 20 mx1.mail.example'],
    [[10, 10], 'warning', 'Senders try the hosts in another order.', '10 mx1.mail.example, 10 mx2.mail.example'],
    [[1, 2], 'info', 'Senders try the hosts in the same order.', '1 mx1.mail.example, 2 mx2.mail.example'],
  ] as const)('compares preferences by the order they make', async ([one, two], level, effect, live) => {
    expect(await found(mx([one, 'mx1.mail.example'], [two, 'mx2.mail.example']))).toEqual([
      [
        'MX_PRIORITY',
        level,
        `The MX records are ${live}, and expected are 10 mx1.mail.example, 20 mx2.mail.example. ${effect}`,
      ],
    ])
  })

  it('finds a host that is not where it should be', async () => {
    const zone = {...mx([10, 'mx1.mail.example'], [20, 'mx2.mail.example']), 'mx1.mail.example': {A: ['198.51.100.1']}}
    expect(await found(zone)).toEqual([
      ['MX_ADDRESS', 'error', 'mx1.mail.example has 198.51.100.1, and none of the expected 192.0.2.1.'],
    ])
    expect((await check(zone)).findings).toMatchObject([
      {name: 'mx1.mail.example', type: 'A', expected: '192.0.2.1', live: [{records: ['198.51.100.1']}]},
    ])
  })

  it('looks up twenty hosts at most', async () => {
    const lookup = zoneLookup(mx(...Array.from({length: 500}, (_, at): [number, string] => [at, `h${at}.example`])))
    await checkMx(lookup, {domain: 'acme.example', expected: null})
    expect(lookup.asked).toHaveLength(1 + 2 * 20)
  })

  it('comes to an end with any records', async () => {
    const rows = array(
      record({preference: nat(65_535), exchange: constantFrom('', '.', 'mx1.mail.example', '::1', 'a b', 'x')}),
      {maxLength: 6},
    )
    await sure(
      asyncProperty(rows, string({unit: 'binary'}), async (MX, name) => {
        const zone = {'acme.example': {MX: [...MX, {preference: 1, exchange: name}]}, x: 'REFUSED'} as const
        expect((await check(zone)).facts.records).not.toBeNull()
      }),
    )
  })
})
