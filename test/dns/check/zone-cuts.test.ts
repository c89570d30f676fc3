import type {Answer as PacketRecord} from 'dns-packet'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {lookAtRecord} from '../../../src/dns/check/at-source.ts'
import {checkDomain} from '../../../src/dns/check-domain.ts'
import type {Dns} from '../../../src/dns/dns.ts'
import {type Behaviour, type FakeServer, startFake, txtRecord} from '../../support/dns/fake-server.ts'
import {
  above,
  answering,
  behaviours,
  below,
  type FakeTree,
  referring,
  resolving,
  soa,
  startTree,
} from '../../support/dns/fake-tree.ts'

const [first, second] = ['127.0.1.6', '127.0.1.7']
const key = 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='

let tree: FakeTree
let dns: Dns
let others: FakeServer[]
beforeEach(async () => {
  tree = await startTree()
  dns = tree.open()
  others = [
    await startFake(behaviours.refusing, first, tree.port),
    await startFake(behaviours.refusing, second, tree.port),
  ]
})
afterEach(async () => {
  dns.client.close()
  await tree.close()
  await Promise.all(others.map((server) => server.close()))
})

/** A zone that was given to two other servers, and what each of those has of it beside what it is. */
function otherZone(name: string) {
  const servers: PacketRecord[] = ['nsa', 'nsb'].map((host) => ({name, type: 'NS', ttl: 60, data: `${host}.${name}`}))
  const addresses: PacketRecord[] = [
    {name: `nsa.${name}`, type: 'A', ttl: 60, data: first},
    {name: `nsb.${name}`, type: 'A', ttl: 60, data: second},
  ]
  const own: PacketRecord[] = [...servers, ...addresses, {name, type: 'SOA', ttl: 60, data: soa}]
  return {
    with: (...records: readonly PacketRecord[]) => answering([...own, ...records]),
    /** Refers to it, and else does as before. */
    cutOut:
      (otherwise: Behaviour): Behaviour =>
      (exchange) =>
        exchange.question.name.endsWith(name)
          ? exchange.reply({authoritative: false, authorities: servers, additionals: addresses})
          : otherwise(exchange),
  }
}

const name = 's1._domainkey.acme.example'
const keys = otherZone('_domainkey.acme.example')
const published = txtRecord(name, key)
const dkim = {record_type: 'DKIM', name: 's1._domainkey', value: key, ttl: 300}

/** What is found where the two servers of the other zone behave so. */
async function found(stored: object, one: Behaviour, other: Behaviour) {
  for (const [at, behaviour] of [one, other].entries()) {
    const server = others[at]
    if (server) server.behaviour = behaviour
  }
  const {findings, verdicts} = await checkDomain(dns, {
    domain: 'acme.example',
    document: {records: [stored]},
    senders: [{ip: '192.0.2.25', helo: null}],
  })
  const [verdict] = verdicts
  return {
    findings: findings.map(({code, subject}) => `${code} ${subject}`),
    hosts: findings.flatMap(({fix}) => fix?.host ?? []),
    state: `${verdict?.state} ${verdict?.status}`,
    error: verdict?.error,
    servers: verdict?.live.map(({server}) => server.replace(`:${tree.port}`, '')),
  }
}

describe('a record below a zone cut', () => {
  beforeEach(() => {
    for (const own of tree.own) own.behaviour = keys.cutOut(answering(below))
    tree.resolver.behaviour = resolving([...above, ...below, published])
  })

  it('is right where every server of the zone below has it, and asked for once at each', async () => {
    const there = keys.with(published)
    expect(await found(dkim, there, there)).toMatchObject({
      findings: [],
      state: 'ok verified',
      servers: [first, second, tree.resolver.address],
    })
    const asked = others.map((server) => server.asked.filter((question) => question === `udp ${name} TXT`))
    expect(asked.map(({length}) => length)).toEqual([1, 1])
  })

  it.each([
    ['first', keys.with(), keys.with(published)],
    ['second', keys.with(published), keys.with()],
  ])('is inconsistent where the %s server of the zone below lacks it', async (_, one, other) => {
    const {findings, hosts, state} = await found(dkim, one, other)
    expect({findings, hosts, state}).toEqual({
      findings: ['NS_INCONSISTENT_RRSET DKIM s1'],
      hosts: ['s1'],
      state: 'inconsistent failed',
    })
  })

  it('is missing where they all lack it, and to be published in the zone below', async () => {
    const {findings, hosts, state, servers} = await found(dkim, keys.with(), keys.with())
    expect({findings, hosts, state}).toEqual({
      findings: ['DKIM_MISSING DKIM s1'],
      hosts: ['s1'],
      state: 'missing failed',
    })
    expect(servers).toEqual([first, second, tree.resolver.address])
  })

  it.each([
    ['lame', 'refusing', 'NS_LAME'],
    ['silent', 'silent', 'NS_TIMEOUT'],
  ] as const)('is told by the other server where one is %s, which is named', async (_, how, code) => {
    const {findings, state} = await found(dkim, behaviours[how], keys.with(published))
    expect({findings, state}).toEqual({
      findings: [`${code} NS nsa._domainkey.acme.example`],
      state: 'ok verified',
    })
  })

  it('is unknown where none of them answers, whatever a resolver has, and told why', async () => {
    const {refusing} = behaviours
    expect(await found(dkim, refusing, refusing)).toMatchObject({
      findings: ['NS_LAME NS nsa._domainkey.acme.example', 'NS_LAME NS nsb._domainkey.acme.example'],
      state: 'unknown error',
      error: expect.stringContaining('nsa._domainkey.acme.example'),
    })
  })

  it('is inconsistent where a server of the zone above knows nothing of the cut', async () => {
    tree.own[1].behaviour = answering(below)
    const there = keys.with(published)
    const {state, servers} = await found(dkim, there, there)
    expect({state, servers}).toEqual({
      state: 'inconsistent failed',
      servers: [tree.own[1].address, first, second, tree.resolver.address],
    })
  })

  it('is looked at in the same way alone', async () => {
    for (const server of others) server.behaviour = keys.with(published)
    const {live} = await lookAtRecord(
      dns,
      {domain: 'acme.example', document: null},
      {name, type: 'TXT', subject: 'DKIM s1'},
    )
    expect(live.map(({server}) => server)).toEqual([first, second].map((address) => `${address}:${tree.port}`))
  })
})

describe('a record outside of the zone of its domain', () => {
  const shop = otherZone('shop.example')
  const policy = 'v=DMARC1; p=reject; rua=mailto:dmarc@acme.example'
  const dmarc = {record_type: 'DMARC', name: '_dmarc.shop.example.', value: policy, ttl: 300}
  const there = shop.with(txtRecord('_dmarc.shop.example', policy))
  beforeEach(() => {
    for (const parent of tree.parents) parent.behaviour = shop.cutOut(referring)
    tree.resolver.behaviour = resolving([...above, ...below, txtRecord('_dmarc.shop.example', policy)])
  })

  it('is inconsistent where one server of its zone lacks it', async () => {
    const {findings, state} = await found(dmarc, there, shop.with())
    expect(state).toBe('inconsistent failed')
    expect(findings).toContain('NS_INCONSISTENT_RRSET DMARC _dmarc.shop.example.')
  })

  it('is told by the other where one is lame, which is named', async () => {
    const {findings, state} = await found(dmarc, behaviours.refusing, there)
    expect(state).toBe('ok verified')
    expect(findings).toContain('NS_LAME NS nsa.shop.example')
  })

  it('is to be published in its zone', async () => {
    const {hosts, state} = await found(dmarc, shop.with(), shop.with())
    expect(state).toBe('missing failed')
    expect(hosts).toContain('_dmarc')
    expect(hosts).not.toContain('_dmarc.shop.example')
  })
})
