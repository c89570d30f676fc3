import type {Answer as PacketRecord} from 'dns-packet'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {provenLookup} from '../../../src/dns/delegation/proven-lookup.ts'
import type {FakeReply} from '../../support/dns/fake-server.ts'
import {
  above,
  answering,
  below,
  delegation,
  type FakeTree,
  referring,
  resolving,
  soa,
  startTree,
} from '../../support/dns/fake-tree.ts'

let tree: FakeTree
beforeAll(async () => {
  tree = await startTree()
})
afterAll(() => tree.close())

/** Beside what the tree has, the root, which is on the servers of `example`. */
const root = {name: '.', type: 'NS', ttl: 60, data: 'ns1.example'} as const
const ofExample = {name: 'example', type: 'SOA', ttl: 60, data: soa} as const
const tags = {keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.from('00', 'hex')}

/** Has the servers of `example` answer for it, and say something of its own about a DS. */
function withDs(ds: FakeReply): void {
  tree.resolver.behaviour = resolving([root, ...above, ...below])
  for (const parent of tree.parents) {
    parent.behaviour = (exchange) => {
      const {name, type} = exchange.question
      if (type === 'DS') return exchange.reply(ds)
      return name === 'example' ? answering([...above, ofExample])(exchange) : referring(exchange)
    }
  }
}

describe('provenLookup', () => {
  it('asks the authorities whether there really is nothing, once for a run', async () => {
    const dns = tree.open()
    const asked = () => tree.own.flatMap((server) => server.asked).length
    const before = asked()
    const proof = await provenLookup(dns)('mail.acme.example', 'AAAA')
    const once = asked()
    expect(proof).toMatchObject({outcome: 'absent', authoritative: true})
    expect(once).toBeGreaterThan(before)
    expect(await provenLookup(dns)('mail.acme.example', 'AAAA')).toEqual(proof)
    expect(asked()).toBe(once)
    dns.client.close()
  })

  it('asks again where nobody could say', async () => {
    const dns = tree.open()
    const behaviours = tree.own.map((server) => server.behaviour)
    for (const server of tree.own) server.behaviour = ({reply}) => reply({rcode: 'SERVFAIL', authoritative: false})
    expect(await provenLookup(dns)('mail.acme.example', 'AAAA')).toMatchObject({outcome: 'failed'})
    for (const [at, server] of tree.own.entries()) server.behaviour = behaviours[at] ?? server.behaviour
    expect(await provenLookup(dns)('mail.acme.example', 'AAAA')).toMatchObject({outcome: 'absent'})
    dns.client.close()
  })

  it('asks the servers of the zone above for a DS, and no resolver', async () => {
    withDs({answers: [{name: 'acme.example', type: 'DS', ttl: 60, data: tags}]})
    const dns = tree.open()
    expect(await provenLookup(dns)('acme.example', 'DS')).toMatchObject({outcome: 'found', records: [{type: 'DS'}]})
    expect(tree.resolver.asked.filter((question) => question.includes('DS'))).toEqual([])
    dns.client.close()
  })

  it('comes to an end where the zone above knows nothing of DS and only refers to the zone', async () => {
    withDs({authoritative: false, authorities: delegation})
    const dns = tree.open()
    const answer = await provenLookup(dns)('acme.example', 'DS')
    expect(answer).toMatchObject({outcome: 'failed', reason: 'lame'})
    dns.client.close()
  })

  it('comes to an end where the servers of a zone refer to a zone below it that is none', async () => {
    const lies: PacketRecord = {name: 'mail.acme.example', type: 'NS', ttl: 60, data: 'ns1.acme.example'}
    for (const server of tree.own) {
      server.behaviour = (exchange) => {
        const {name, type} = exchange.question
        const isLie = name === 'mail.acme.example' && type === 'AAAA'
        if (isLie) exchange.reply({authoritative: false, authorities: [lies]})
        else answering(below)(exchange)
      }
    }
    const dns = tree.open()
    const answer = await provenLookup(dns)('mail.acme.example', 'AAAA')
    expect(answer).toMatchObject({outcome: 'failed', reason: 'no proof'})
    dns.client.close()
  })

  it('comes to an end where servers refer ever deeper, and fail at last', async () => {
    const labels = 'a.b.c.d.e.f.g.h'.split('.')
    const cuts = labels.map((_, at) => `${labels.slice(at).join('.')}.acme.example`).reverse()
    const to = (host: string) => cuts.map((name): PacketRecord => ({name, type: 'NS', ttl: 60, data: host}))
    const deeper = {authoritative: false, authorities: [...to('ns1.acme.example'), ...to('ns2.acme.example')]}
    for (const server of tree.own) {
      server.behaviour = ({question: {name, type}, reply}) => {
        if (type === 'SOA') reply({answers: [{name, type, ttl: 60, data: soa}]})
        else reply(type === 'AAAA' ? deeper : {authorities: [ofExample]})
      }
    }
    const before = tree.own.flatMap(({asked}) => asked).length
    const dns = tree.open()
    const answer = await provenLookup(dns)(`mail.${cuts.at(-1)}`, 'AAAA')
    expect(answer).toMatchObject({outcome: 'failed'})
    expect(tree.own.flatMap(({asked}) => asked).length - before).toBeLessThan(200)
    dns.client.close()
  })
})
