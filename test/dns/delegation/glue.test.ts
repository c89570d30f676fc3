import type {Answer as PacketRecord} from 'dns-packet'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {followDelegation} from '../../../src/dns/delegation/path.ts'
import type {Dns} from '../../../src/dns/dns.ts'
import {type Behaviour, type FakeServer, startFake} from '../../support/dns/fake-server.ts'
import {
  answering,
  behaviours,
  below,
  delegation,
  type FakeTree,
  referring,
  startTree,
} from '../../support/dns/fake-tree.ts'

const old = '127.0.1.6'

let tree: FakeTree
let dns: Dns
let left: FakeServer
beforeEach(async () => {
  tree = await startTree()
  dns = tree.open()
  left = await startFake(behaviours.refusing, old, tree.port)
})
afterEach(async () => {
  dns.client.close()
  await tree.close()
  await left.close()
})

const address = (host: string, data: string): PacketRecord => ({name: `${host}.acme.example`, type: 'A', ttl: 60, data})

/** Has the zone above send to these addresses of ns1, and beside those to ns2 where it is. */
function above(...addresses: readonly string[]): void {
  const additionals = [...addresses.map((one) => address('ns1', one)), address('ns2', tree.own[1].address)]
  for (const parent of tree.parents) {
    parent.behaviour = (exchange) =>
      exchange.question.name.endsWith('acme.example')
        ? exchange.reply({authoritative: false, authorities: delegation, additionals})
        : referring(exchange)
  }
}

/** Answers as the servers of `acme.example` do, with these addresses beside its name servers. */
const telling =
  (...additionals: readonly PacketRecord[]): Behaviour =>
  (exchange) =>
    exchange.question.type === 'NS'
      ? exchange.reply({answers: delegation, additionals: [...additionals]})
      : answering(below)(exchange)

async function found(...additionals: readonly PacketRecord[]) {
  for (const server of [left, ...tree.own]) server.behaviour = telling(...additionals)
  const {findings, servers} = await followDelegation(dns, 'acme.example')
  return {
    findings: findings.map(({code, message}) => `${code} ${message}`),
    servers: servers.map(({server}) => server.replace(`:${tree.port}`, '')),
  }
}

describe('glue', () => {
  it('is warned of where the zone has another address, and all of them are asked', async () => {
    const [one, other] = tree.own
    above(old)
    expect(await found(address('ns1', one.address), address('ns2', other.address))).toEqual({
      findings: [
        `NS_GLUE_MISMATCH ns1.acme.example is at ${one.address}, and the zone above sends to ${old}. Have the glue changed where acme.example is registered.`,
      ],
      servers: [old, other.address, one.address],
    })
  })

  it('is warned of where it has an address more than the zone, and none is asked twice', async () => {
    const [one, other] = tree.own
    above(one.address, old)
    const {findings, servers} = await found(address('ns1', one.address))
    expect(findings).toEqual([expect.stringMatching(/^NS_GLUE_MISMATCH /)])
    expect(servers).toEqual([one.address, old, other.address])
  })

  it('is right where the zone has no other address of the family, and of what does not come along nothing is said', async () => {
    const [one, other] = tree.own
    above(one.address)
    const six: PacketRecord = {name: 'ns1.acme.example', type: 'AAAA', ttl: 60, data: '2001:db8::53'}
    for (const additionals of [[], [six], [address('ns1', one.address), six]]) {
      expect(await found(...additionals)).toEqual({findings: [], servers: [one.address, other.address]})
    }
  })
})
