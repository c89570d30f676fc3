import {describe, expect, it} from 'vitest'
import {parseDnsDocument, readDnsDocument} from '../../src/rules/dns-document.ts'
import {dnsTypeOf, type ExpectedRecord, recordName, selectorOf} from '../../src/rules/dns-record.ts'
import {UsageError} from '../../src/rules/errors.ts'

const checked = {
  verification_status: 'verified',
  last_verified_at: '2025-10-20T14:32:00Z',
  verification_attempts: 1,
  verification_error: null,
} as const
/** The document of the guide, with its dots in place of keys. */
const guide = [
  {record_type: 'SPF', name: '@', value: 'v=spf1 include:_spf.mailu.io -all', ttl: 3600, ...checked, source: 'ui'},
  {
    record_type: 'DKIM',
    name: 'default._domainkey',
    selector: 'default',
    value: 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSI....',
    public_key: 'MIGfMA0GCSqGSI....',
    managed_by: 'platform',
    secret_ref: 'vault://mail/dkim/domain.com/default',
    needs_deployment: false,
    ttl: 3600,
    ...checked,
    source: 'platform',
  },
  {
    record_type: 'DMARC',
    name: '_dmarc',
    value: 'v=DMARC1; p=quarantine; rua=mailto:dmarc@domain.com',
    policy: 'quarantine',
    ttl: 3600,
    ...checked,
    source: 'ui',
  },
  {
    record_type: 'MX',
    name: '@',
    value: 'mail.penguinmails.io.',
    priority: 10,
    ttl: 3600,
    mx_hosts: ['203.0.113.5'],
    ...checked,
    source: 'ui',
  },
] as const satisfies ExpectedRecord[]
const [spf, dkim, dmarc, mx] = guide

const problemsOf = (...records: unknown[]) =>
  readDnsDocument({records}).problems.map(({at, message}) => `${at} ${message}`)

describe('a document', () => {
  it('is read as the guide has it, each record with its place', () => {
    const records = guide.map((record, position) => ({position, record}))
    expect(readDnsDocument({records: guide})).toEqual({records, problems: []})
    expect(parseDnsDocument({records: guide})).toEqual(records)
  })

  it('may be none, or empty', () => {
    for (const document of [null, {}, {records: []}]) {
      expect(readDnsDocument(document)).toEqual({records: [], problems: []})
    }
  })

  it.each([[], 'text', 7, true, {records: {}}, {records: 'x'}])('is not %j', (document) => {
    expect(readDnsDocument(document)).toEqual({
      records: [],
      problems: [{at: 'records', message: 'must be an array'}],
    })
  })

  it('keeps the good records where others are bad', () => {
    const document = {records: [null, [], {...spf, ttl: '3600'}, mx]}
    expect(readDnsDocument(document)).toEqual({
      records: [{position: 3, record: mx}],
      problems: [
        {at: 'records[0]', message: 'must be an object'},
        {at: 'records[1]', message: 'must be an object'},
        {at: 'records[2].ttl', message: 'must be a whole number from 0 to 2147483647'},
      ],
    })
  })

  it('cannot be stored with anything wrong in it, and says everything', () => {
    const records = [
      {...spf, value: 'v=spf2'},
      {...mx, prio: 5},
    ]
    const error = caught(() => parseDnsDocument({records}))
    expect(error).toBeInstanceOf(UsageError)
    expect(error).toMatchObject({
      message: 'records[0].value must begin with v=spf1.',
      hint: 'records[1].prio is no field of a DNS record.',
      details: {
        problems: [
          {at: 'records[0].value', message: 'must begin with v=spf1'},
          {at: 'records[1].prio', message: 'is no field of a DNS record'},
        ],
      },
    })
    expect(readDnsDocument({records}).problems).toHaveLength(1)
  })

  it('says a long list of problems in one line', () => {
    const error = caught(() => parseDnsDocument({records: Array.from({length: 100}, () => 5)}))
    expect(error).toMatchObject({
      hint: expect.stringMatching(/^records\[1\] must be an object, .+, records\[5\] must be an object and 94 more\.$/),
    })
  })
})

describe('a record', () => {
  it.each([
    ['record_type must be one of SPF, DKIM, DMARC, MX, A, AAAA, CNAME', {record_type: 'TXT', name: '@', value: 'x'}],
    ['name must be @ or a DNS name, with labels of at most 63 characters', {...spf, name: ''}],
    ['name must be @ or a DNS name, with labels of at most 63 characters', {...spf, name: `${'a'.repeat(64)}`}],
    ['name must be @ or a DNS name, with labels of at most 63 characters', {...spf, name: 'a b'}],
    ['value must be a text without control characters', {...spf, value: 'v=spf1\n-all'}],
    ['value must be a text without control characters', {...spf, value: 7}],
    ['ttl must be a whole number from 0 to 2147483647', {...spf, ttl: -1}],
    ['ttl must be a whole number from 0 to 2147483647', {...spf, ttl: 1.5}],
    ['verification_status must be one of pending, verified, failed, error', {...spf, verification_status: 'good'}],
    ['last_verified_at must be a time in ISO 8601', {...spf, last_verified_at: 'yesterday'}],
    ['source must be one of ui, platform, api', {...spf, source: 'me'}],
    ['managed_by must be one of platform, mailu', {...dkim, managed_by: 'me'}],
    ['needs_deployment must be true or false', {...dkim, needs_deployment: 'no'}],
    ['selector must be a DKIM selector: letters, digits, hyphens, underscores, dots', {...dkim, selector: '-x'}],
    ['mx_hosts must be an array of IP addresses', {...mx, mx_hosts: ['mail']}],
    ['priority must be a whole number from 0 to 65535', {...mx, priority: 65_536}],
    ['policy must be one of none, quarantine, reject', {...dmarc, policy: 'strict'}],
    ['value must begin with v=spf1', {...spf, value: 'v=spf10 -all'}],
    ['name must be default._domainkey, as the selector says', {...dkim, name: 'other._domainkey'}],
    ['name must be SELECTOR._domainkey', {...dkim, selector: null, name: 'default'}],
    ['public_key must be the p= of the value', {...dkim, public_key: 'AAAA'}],
    ['value must have the public key in p=', {...dkim, value: 'v=DKIM1; k=rsa'}],
    ['value must not have an empty p=, which revokes the key', {...dkim, value: 'v=DKIM1; p='}],
    ['value must begin with v=DMARC1', {...dmarc, policy: null, value: 'v=DMARC1 p=none'}],
    ['name must be _dmarc, or begin with _dmarc.', {...dmarc, name: '@'}],
    ['policy must be the p= of the value', {...dmarc, policy: 'reject'}],
    ['priority must be given for an MX', {...mx, priority: null}],
    ['value must be the name of a host', {...mx, value: '203.0.113.5'}],
    ['value must be an IPv4 address', {record_type: 'A', name: 'www', value: '2001:db8::1'}],
    ['value must be an IPv6 address', {record_type: 'AAAA', name: 'www', value: '192.0.2.1'}],
    ['value must be the name of a host', {record_type: 'CNAME', name: 'www', value: 'a..b'}],
    ['name must not be @: the domain itself cannot be an alias', {record_type: 'CNAME', name: '@', value: 'a.example'}],
  ])('%s', (problem, record) => {
    expect(problemsOf(record)).toEqual([`records[0].${problem}`])
  })

  it.each([
    {...dkim, selector: null},
    {...dkim, value: 'v=DKIM1; k=rsa; p=MIGf MA0GCSqGSI....'},
    {...dkim, public_key: '-----BEGIN PUBLIC KEY-----'},
    {...dmarc, name: '_dmarc.news'},
    {...mx, value: '.', priority: 0},
    {record_type: 'CNAME', name: 's1._domainkey', value: 's1.dkim.example.net'},
    {record_type: 'A', name: '*', value: '192.0.2.1', ttl: null},
  ])('is taken as %#', (record) => expect(problemsOf(record)).toEqual([]))

  it('cannot stand beside another that excludes it', () => {
    const alias = {record_type: 'CNAME', name: 'WWW', value: 'a.example'}
    const address = {record_type: 'A', name: 'www', value: '192.0.2.1'}
    expect(problemsOf(spf, {...spf, value: 'v=spf1 ~all'})).toEqual([
      'records[1] cannot stand beside records[0]: SPF at @',
    ])
    expect(problemsOf(alias, address)).toEqual(['records[1] cannot stand beside records[0]: CNAME at www'])
    expect(problemsOf(address, address)).toEqual(['records[1] cannot stand beside records[0]: A at www'])
    expect(problemsOf(mx, {...mx, value: 'mx2.penguinmails.io.', priority: 20}, spf)).toEqual([])
  })
})

it('recordName says the whole name, however it is stored', () => {
  const names = ['@', 'WWW', 'acme.example', 'www.acme.example', 'mail.other.example.', 'notacme.example']
  expect(names.map((name) => recordName({name}, 'Acme.Example'))).toEqual([
    'acme.example',
    'www.acme.example',
    'acme.example',
    'www.acme.example',
    'mail.other.example',
    'notacme.example.acme.example',
  ])
})

it('dnsTypeOf says where in DNS a record is', () => {
  expect(guide.map(dnsTypeOf)).toEqual(['TXT', 'TXT', 'TXT', 'MX'])
})

it('selectorOf reads the name where nothing is said', () => {
  expect([dkim, {name: 'a.b._domainkey.news'}, {name: 'x'}].map(selectorOf)).toEqual(['default', 'a.b', undefined])
})

function caught(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown.')
}
