import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {checkDomain} from '../../src/dns/check-domain.ts'
import type {Dns} from '../../src/dns/dns.ts'
import type {ExpectedRecord} from '../../src/rules/dns-record.ts'
import {txtRecord} from '../support/dns/fake-server.ts'
import {above, behaviours, below, type FakeTree, resolving, startTree} from '../support/dns/fake-tree.ts'

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

  it('where such a resolver has some of the records itself: what it has is looked at', async () => {
    const others = below.filter(({type}) => type !== 'TXT')
    tree.resolver.behaviour = resolving([...others, txtRecord('acme.example', 'v=spf1 +all')])
    const {findings, muted, verdicts} = await outline()
    expect(findings.map((finding) => finding.split(' ', 2).join(' '))).toEqual([
      'unknown DNS_DELEGATION_UNKNOWN',
      'error SPF_MISMATCH',
      'error SPF_ALL_PASS',
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
      expect(await outline()).toMatchObject({findings: missingKey, verdicts: right})
    },
  )
})
