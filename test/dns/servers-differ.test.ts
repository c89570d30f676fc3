import type {Answer as PacketRecord} from 'dns-packet'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {checkDomain} from '../../src/dns/check-domain.ts'
import {type Dns, openDns} from '../../src/dns/dns.ts'
import type {ExpectedRecord} from '../../src/rules/dns-record.ts'
import {type Behaviour, startFake, txtRecord} from '../support/dns/fake-server.ts'
import {above, answering, behaviours, below, type FakeTree, resolving, startTree} from '../support/dns/fake-tree.ts'

const policy = '_dmarc.acme.example'
const dmarc: ExpectedRecord = {
  record_type: 'DMARC',
  name: '_dmarc',
  value: 'v=DMARC1; p=reject; rua=mailto:dmarc@acme.example',
}

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

const check = (...records: ExpectedRecord[]) =>
  checkDomain(dns, {domain: 'acme.example', document: {records}, senders: [{ip: '192.0.2.25', helo: null}]})
/** The zone with another record in the place of its own of that name and type. */
const withRecord = (record: PacketRecord): readonly PacketRecord[] => [
  ...below.filter(({name, type}) => name !== record.name || type !== record.type),
  record,
]
const withPolicy = (p: string) => withRecord(txtRecord(policy, `v=DMARC1; p=${p}; rua=mailto:dmarc@acme.example`))
/** Fails where it is asked for the texts of a name. */
const failingAt =
  (at: string, otherwise: Behaviour): Behaviour =>
  (incoming) =>
    (incoming.question.name === at && incoming.question.type === 'TXT' ? behaviours.failing : otherwise)(incoming)
const label = (server: number) => `${tree.own[server]?.address}:${tree.port}`

describe('where one name server fails', () => {
  it('tells what the other has, not that there is nothing', async () => {
    tree.own[0].behaviour = failingAt(policy, answering(below))
    tree.own[1].behaviour = answering(withPolicy('none'))
    const {findings, verdicts} = await check(dmarc)
    expect(findings[0]?.message).toBe(
      `TXT at ${policy} is “v=DMARC1; p=none; rua=mailto:dmarc@acme.example”, expected is ${dmarc.value}.`,
    )
    expect(verdicts).toMatchObject([{state: 'mismatch', status: 'failed', error: findings[0]?.message}])
  })

  it('knows the wildcard by the answer of the other', async () => {
    const wild = answering(withPolicy('none'))
    const any: Behaviour = (incoming) => {
      const {name, type} = incoming.question
      if (!name.startsWith('pm-') || type !== 'TXT') return wild(incoming)
      incoming.reply({answers: [txtRecord(name, 'v=DMARC1; p=none; rua=mailto:dmarc@acme.example')]})
    }
    tree.own[0].behaviour = failingAt(policy, any)
    tree.own[1].behaviour = any
    const {findings} = await check(dmarc)
    expect(findings.map(({code}) => code)).toContain('REC_WILDCARD_ANSWER')
  })
})

describe('where the name servers are wrong in different ways', () => {
  it('says so, and shows what each of them has', async () => {
    tree.own[0].behaviour = answering(withPolicy('none'))
    tree.own[1].behaviour = answering(withPolicy('quarantine'))
    const {findings, verdicts} = await check(dmarc)
    const has = (p: string) => `“v=DMARC1; p=${p}; rua=mailto:dmarc@acme.example”`
    expect(findings.map(({code, message}) => `${code} ${message}`)).toEqual([
      `NS_INCONSISTENT_RRSET Every one of the 2 name servers that answer is wrong about TXT at ${policy}: ${label(0)} has ${has('none')}; ${label(1)} has ${has('quarantine')}.`,
    ])
    expect(verdicts).toMatchObject([{state: 'inconsistent', status: 'failed', error: findings[0]?.message}])
  })

  it('does not mind what else is at the name, nor the order of it', async () => {
    const weak = withPolicy('none')
    tree.own[0].behaviour = answering([...weak, txtRecord(policy, 'one'), txtRecord(policy, 'two')])
    tree.own[1].behaviour = answering([txtRecord(policy, 'two'), ...weak])
    expect((await check(dmarc)).verdicts).toMatchObject([{state: 'mismatch'}])
  })
})

describe('where the name servers have different SPF records', () => {
  const spf: ExpectedRecord = {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 -all'}
  const both = answering(withRecord(txtRecord('acme.example', 'v=spf1 ip4:192.0.2.25 mx -all')))
  const other = answering(withRecord(txtRecord('acme.example', 'v=spf1 mx:acme.example -all')))

  it.each([
    ['the second is', both, other, undefined],
    ['the first is', other, both, 'v=spf1 mx:acme.example ip4:192.0.2.25 -all'],
  ])('and %s wrong, does not tell to publish the stored one without the others', async (_, first, second, value) => {
    tree.own[0].behaviour = first
    tree.own[1].behaviour = second
    const {findings} = await check(spf)
    expect(findings.map(({code, fix}) => [code, fix?.value])).toEqual([['NS_INCONSISTENT_RRSET', value]])
  })
})

describe('where resolvers cannot resolve what the name servers answer', () => {
  const spf: ExpectedRecord = {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 -all'}
  const way = resolving(above)
  const know = resolving([...above, ...below])
  /** Knows the way to the zone, and of what is in it only this. */
  const inZone =
    (behaviour: Behaviour): Behaviour =>
    (incoming) =>
      (incoming.question.name.endsWith('acme.example') ? behaviour : way)(incoming)
  const bogus = inZone(behaviours.failing)

  it('says so once, and what it may be; what is right at its source is verified', async () => {
    tree.resolver.behaviour = bogus
    const {findings, verdicts} = await check(dmarc, spf)
    const server = `${tree.resolver.address}:${tree.port}`
    expect(findings).toMatchObject([
      {
        section: 'zone',
        code: 'REC_RESOLVERS_FAIL',
        level: 'warning',
        message: `No resolver that was asked can resolve TXT at ${policy} and 1 more stored record, which the name servers answer: ${server} said SERVFAIL. A broken DNSSEC chain looks like this: a DS in the zone above that matches no key of the zone, or signatures that have expired.`,
        live: [{server, rcode: 'SERVFAIL', authoritative: false}],
      },
    ])
    expect(verdicts).toMatchObject([
      {state: 'ok', status: 'verified'},
      {state: 'ok', status: 'verified'},
    ])
  })

  it.each([
    ['fails as well', bogus, ['REC_RESOLVERS_FAIL']],
    ['answers', know, []],
    ['is silent', inZone(behaviours.silent), []],
    ['refuses', inZone(behaviours.refusing), []],
  ])('and another %s', async (_, behaviour, codes) => {
    tree.resolver.behaviour = bogus
    const {port} = tree
    const other = await startFake(behaviour, '127.0.1.6', port)
    dns.client.close()
    const resolvers = [tree.resolver, other].map(({address}) => ({address, port}))
    dns = openDns({resolvers, authorityPort: port, ipv6: false, patience: {udpMs: [100, 200], tcpMs: 200}})
    expect((await check(dmarc)).findings.map(({code}) => code)).toEqual(codes)
    await other.close()
  })
})
