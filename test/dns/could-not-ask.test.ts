import type {Answer as PacketRecord} from 'dns-packet'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {blocklistCheck} from '../../src/dns/blocklist/check.ts'
import type {More} from '../../src/dns/check/subject.ts'
import {checkDomain} from '../../src/dns/check-domain.ts'
import type {Dns} from '../../src/dns/dns.ts'
import type {ExpectedRecord} from '../../src/rules/dns-record.ts'
import {txtRecord} from '../support/dns/fake-server.ts'
import {
  above,
  answering,
  behaviours,
  below,
  type FakeTree,
  resolving,
  soa,
  startTree,
} from '../support/dns/fake-tree.ts'

const records: ExpectedRecord[] = [
  {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 -all'},
  {record_type: 'DMARC', name: '_dmarc', value: 'v=DMARC1; p=reject; rua=mailto:dmarc@acme.example'},
  {record_type: 'MX', name: '@', value: 'mail.acme.example.', priority: 10},
  {
    record_type: 'DKIM',
    name: 's1._domainkey',
    value: 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  },
]
const names = ['acme.example', '_dmarc.acme.example', 'acme.example', 's1._domainkey.acme.example']

let tree: FakeTree
let dns: Dns
beforeEach(async () => {
  tree = await startTree()
  dns = tree.open()
})
afterEach(async () => {
  dns.client.close()
  await tree.close()
})

/** What a reader sees: what is wrong, what that explains, and how each record stands. */
async function outline(expected = records) {
  const senders = [{ip: '192.0.2.25', helo: null}]
  const {findings, muted, verdicts} = await checkDomain(dns, {
    domain: 'acme.example',
    document: {records: expected},
    senders,
  })
  return {
    findings: findings.map(({level, code, message}) => `${level} ${code} ${message}`),
    muted: [...new Set(muted.map(({level, code}) => `${level} ${code}`))],
    verdicts: verdicts.map(({name, state, status}) => `${name} ${state} ${status}`),
  }
}

const allUnknown = names.map((name) => `${name} unknown error`)
const label = (address: string) => `${address}:${tree.port}`

describe('what could not be asked is never missing', () => {
  it('where the resolver knows no zone above the domain, and says that nothing exists', async () => {
    tree.resolver.behaviour = behaviours.cutOff
    expect(await outline()).toEqual({
      findings: [
        'unknown DNS_DELEGATION_UNKNOWN The name servers of acme.example could not be found. The zone above it could not be asked: the resolver knows no zone above it, not even the root.',
      ],
      muted: ['unknown REC_UNKNOWN'],
      verdicts: allUnknown,
    })
  })

  it('where such a resolver has some of the records itself: what it has is told, and nothing concluded', async () => {
    const others = below.filter(({type}) => type !== 'TXT')
    tree.resolver.behaviour = resolving([...others, txtRecord('acme.example', 'v=spf1 +all')])
    const {findings, muted, verdicts} = await outline()
    expect(findings).toEqual([
      'unknown DNS_DELEGATION_UNKNOWN The name servers of acme.example could not be found. The zone above it could not be asked: the resolver knows no zone above it, not even the root.',
      expect.stringMatching(
        /^unknown SPF_MISMATCH .*\. So resolvers say; no name server of the domain could be asked\.$/,
      ),
      expect.stringMatching(
        /^unknown SPF_ALL_PASS .*\. So resolvers say; no name server of the domain could be asked\.$/,
      ),
    ])
    expect({muted, verdicts}).toEqual({muted: ['unknown REC_UNKNOWN'], verdicts: allUnknown})
  })

  it.each(['silent', 'refusing', 'failing'] as const)('where the servers of the zone above are %s', async (how) => {
    for (const parent of tree.parents) parent.behaviour = behaviours[how]
    tree.resolver.behaviour = resolving(above)
    const {findings, muted, verdicts} = await outline()
    expect(findings).toEqual([expect.stringMatching(/^unknown DNS_DELEGATION_UNKNOWN .* servers of example could not/)])
    expect({muted, verdicts}).toEqual({muted: ['unknown REC_UNKNOWN'], verdicts: allUnknown})
  })

  it.each([
    ['silent', 'unknown NS_TIMEOUT'],
    ['refusing', 'error NS_LAME'],
    ['failing', 'unknown NS_SERVFAIL'],
  ] as const)('where its own servers are %s and the resolver says that nothing is there', async (how, code) => {
    for (const own of tree.own) own.behaviour = behaviours[how]
    tree.resolver.behaviour = resolving(above)
    const {findings, muted, verdicts} = await outline()
    expect(findings.map((finding) => finding.split(' ', 2).join(' '))).toEqual([code, code])
    expect({muted, verdicts}).toEqual({muted: ['unknown REC_UNKNOWN'], verdicts: allUnknown})
  })

  it('nor is it told what to publish', async () => {
    const know = answering(below)
    for (const own of tree.own) {
      own.behaviour = (incoming) => (incoming.question.name.startsWith('s1.') ? behaviours.failing : know)(incoming)
    }
    const key = records.filter(({record_type: type}) => type === 'DKIM')
    const document = {records: key.map((record) => ({...record, needs_deployment: true}))}
    const {findings} = await checkDomain(dns, {domain: 'acme.example', document, senders: []})
    expect(findings.map(({code, fix}) => [code, fix])).toEqual([['REC_UNKNOWN', null]])
  })

  it.each(['silent', 'refusing', 'failing'] as const)('where the resolver is %s', async (how) => {
    tree.resolver.behaviour = behaviours[how]
    const {findings, verdicts} = await outline()
    expect(findings[0]).toMatch(
      new RegExp(`^unknown DNS_DELEGATION_UNKNOWN .* The zone above it could not be asked: ${label('127.0.1.1')}: `),
    )
    expect(findings.filter((finding) => !finding.startsWith('unknown'))).toEqual([])
    expect(verdicts).toEqual(allUnknown)
  })
})

describe('what a resolver does not know outside of the zone', () => {
  const others = below.filter(({type}) => type !== 'TXT' && type !== 'MX')
  const published = (name: string, data: string) => txtRecord(name, data)
  /** The domain publishes this instead of its mail records; the resolver knows of nothing else but the way to it. */
  const publishes = (...more: readonly PacketRecord[]) => {
    for (const own of tree.own) own.behaviour = answering([...others, ...more])
    tree.resolver.behaviour = resolving([...above, ...others, ...more])
  }
  const strict = published('_dmarc.acme.example', 'v=DMARC1; p=reject; rua=mailto:dmarc@acme.example')
  const mx = (exchange: string): PacketRecord => ({
    name: 'acme.example',
    type: 'MX',
    ttl: 60,
    data: {preference: 10, exchange},
  })
  const found = async (expected: readonly ExpectedRecord[] = [], more: More = {}) => {
    const senders = [{ip: '192.0.2.25', helo: 'mail.acme.example'}]
    const {findings, muted} = await checkDomain(
      dns,
      {domain: 'acme.example', document: {records: expected}, senders},
      more,
    )
    return [...findings, ...muted].map(({level, code, name}) => `${level} ${code} ${name}`)
  }
  const here = mx('mail.acme.example')

  it.each([
    ['an include', 'v=spf1 ip4:192.0.2.25 include:spf.elsewhere.net -all', 'spf.elsewhere.net'],
    ['a redirect', 'v=spf1 ip4:192.0.2.25 redirect=spf.elsewhere.net', 'spf.elsewhere.net'],
    ['a host', 'v=spf1 ip4:192.0.2.25 a:spf.elsewhere.net -all', 'acme.example'],
    ['the hosts of an mx', 'v=spf1 ip4:192.0.2.25 mx:spf.elsewhere.net -all', 'acme.example'],
  ])('is unknown where %s of SPF leads there', async (_, record, name) => {
    publishes(published('acme.example', record), strict, here)
    expect(await found()).toEqual([`unknown SPF_UNKNOWN ${name}`])
  })

  it('leaves open how an SPF record stands that redirects there', async () => {
    publishes(published('acme.example', 'v=spf1 ip4:192.0.2.25 redirect=spf.elsewhere.net'), strict, here)
    const stands = async (value: string) =>
      (await outline([{record_type: 'SPF', name: '@', value}])).verdicts.map((verdict) => verdict.split(' ')[1])
    expect(await stands('v=spf1 ip4:192.0.2.25 -all')).toEqual(['unknown'])
    expect(await stands('v=spf1 ip4:192.0.2.99 -all')).toEqual(['mismatch'])
  })

  it('is missing where the authorities of the name say so too', async () => {
    publishes(published('acme.example', 'v=spf1 ip4:192.0.2.25 include:spf.elsewhere.example -all'), strict, here)
    expect(await found()).toEqual(['error SPF_INCLUDE_MISSING acme.example'])
  })

  it('is there where the authorities of the name have it: the resolver remembers old times', async () => {
    publishes(published('acme.example', 'v=spf1 include:spf.elsewhere.example -all'), strict, here)
    const there = answering([
      ...above,
      {name: 'example', type: 'SOA', ttl: 60, data: soa},
      published('spf.elsewhere.example', 'v=spf1 ip4:192.0.2.25 -all'),
    ])
    for (const parent of tree.parents) {
      const refer = parent.behaviour
      parent.behaviour = (incoming) => (incoming.question.name.endsWith('acme.example') ? refer : there)(incoming)
    }
    expect(await found()).toEqual([])
  })

  it('is unknown where an MX leads there', async () => {
    publishes(published('acme.example', 'v=spf1 ip4:192.0.2.25 -all'), strict, mx('mx.elsewhere.net'))
    expect(await found()).toEqual(['unknown REC_UNKNOWN mx.elsewhere.net'])
  })

  it('is unknown where an alias leads there', async () => {
    const alias: PacketRecord = {name: 'track.acme.example', type: 'CNAME', ttl: 60, data: 'track.elsewhere.net'}
    publishes(published('acme.example', 'v=spf1 ip4:192.0.2.25 -all'), strict, here, alias)
    const stored: ExpectedRecord[] = [{record_type: 'CNAME', name: 'track', value: 'track.elsewhere.net.'}]
    expect(await found(stored)).toEqual([])
    const key: PacketRecord = {name: 's1._domainkey.acme.example', type: 'CNAME', ttl: 60, data: 's1.elsewhere.net'}
    publishes(published('acme.example', 'v=spf1 ip4:192.0.2.25 -all'), strict, here, key)
    const codes = await found(records.filter(({record_type: type}) => type === 'DKIM'))
    expect(codes).toEqual(['unknown REC_UNKNOWN s1._domainkey.acme.example'])
  })

  it('is unknown where reports are to go there', async () => {
    const reports = published('_dmarc.acme.example', 'v=DMARC1; p=reject; rua=mailto:dmarc@elsewhere.net')
    publishes(published('acme.example', 'v=spf1 ip4:192.0.2.25 -all'), reports, here)
    expect(await found()).toEqual(['unknown REC_UNKNOWN acme.example._report._dmarc.elsewhere.net'])
  })

  it('is unknown of the name of an address', async () => {
    publishes(published('acme.example', 'v=spf1 ip4:192.0.2.25 -all'), strict, here)
    const blocklists = blocklistCheck(dns.lookup, {lists: []})
    expect(await found([], {blocklists})).toEqual(['unknown REC_UNKNOWN 25.2.0.192.in-addr.arpa'])
  })
})

describe('a single label', () => {
  it('is not said to lack anything where nobody could be asked', async () => {
    tree.resolver.behaviour = behaviours.cutOff
    const {findings, muted} = await checkDomain(dns, {domain: 'example', document: null, senders: []})
    expect(findings.map(({level, code}) => `${level} ${code}`)).toEqual(['unknown DNS_DELEGATION_UNKNOWN'])
    expect(muted.filter(({level}) => level === 'error')).toEqual([])
  })
})

describe('what can be asked is told all the same', () => {
  const missingKey = [
    'error DKIM_MISSING s1._domainkey.acme.example has no TXT record (NXDOMAIN). Publish the key there.',
  ]
  const right = [...names.slice(0, 3).map((name) => `${name} ok verified`), 's1._domainkey.acme.example missing failed']

  it('where the root cannot be reached: the zone above is enough', async () => {
    expect(await outline()).toEqual({findings: missingKey, muted: [], verdicts: right})
    expect(tree.resolver.asked).not.toContain('udp . NS')
  })

  it.each(['silent', 'refusing', 'failing'] as const)('where one server of the zone above is %s', async (how) => {
    tree.parents[0].behaviour = behaviours[how]
    expect(await outline()).toEqual({findings: missingKey, muted: [], verdicts: right})
  })

  it('where one of its own servers is silent: the other is proof', async () => {
    tree.own[0].behaviour = behaviours.silent
    const {findings, verdicts} = await outline()
    expect(findings.map((finding) => finding.split(' ', 2).join(' '))).toEqual([
      'unknown NS_TIMEOUT',
      'error DKIM_MISSING',
    ])
    expect(verdicts).toEqual(right)
  })

  it.each(['silent', 'refusing', 'failing'] as const)(
    'where a resolver knows the zone above and then is %s',
    async (how) => {
      const resolve = resolving(above)
      tree.resolver.behaviour = (incoming) =>
        /^(ns[12]\.)?example$/.test(incoming.question.name) ? resolve(incoming) : behaviours[how](incoming)
      const {findings, verdicts} = await outline()
      const [last, ...others] = findings.toReversed()
      expect({findings: [last], verdicts}).toEqual({findings: missingKey, verdicts: right})
      expect(others.map((finding) => finding.split(' ', 2).join(' '))).toEqual(
        how === 'failing' ? ['warning REC_RESOLVERS_FAIL'] : [],
      )
    },
  )
})
