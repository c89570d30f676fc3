import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {traceDelegation} from '../../../src/dns/delegation/trace.ts'
import type {Dns} from '../../../src/dns/dns.ts'
import type {Behaviour} from '../../support/dns/fake-server.ts'
import {
  above,
  answering,
  behaviours,
  delegation,
  type FakeTree,
  referring,
  startTree,
} from '../../support/dns/fake-tree.ts'

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

/** Knows nothing of `acme.example`: a secondary that has not picked up the last changes. */
const old = answering(above)
const delegated = {
  outcome: 'delegated',
  zone: 'acme.example',
  parent: 'example',
  hosts: [{name: 'ns1.acme.example'}, {name: 'ns2.acme.example'}],
}
const trace = async (first: Behaviour, second = first) => {
  const [one, other] = tree.parents
  one.behaviour = first
  other.behaviour = second
  return traceDelegation(dns, 'acme.example')
}

describe('traceDelegation', () => {
  it('follows a referral, whether or not it has AA set', async () => {
    const claiming: Behaviour = (exchange) =>
      exchange.question.name === 'acme.example' ? exchange.reply({authorities: delegation}) : referring(exchange)
    expect(await trace(claiming)).toMatchObject(delegated)
    expect(await trace(referring)).toMatchObject(delegated)
  })

  it('believes no server that there is no such domain where another refers to it', async () => {
    expect(await trace(old, referring)).toMatchObject(delegated)
    expect(await trace(referring, old)).toMatchObject(delegated)
  })

  it('does not follow referrals for ever, one label after the other', async () => {
    const asked: string[] = []
    const deeper: Behaviour = ({question: {name}, reply}) => {
      const depth = asked.push(name)
      const zone = name
        .split('.')
        .slice(-2 - depth)
        .join('.')
      reply({
        authoritative: false,
        authorities: [{name: zone, type: 'NS', ttl: 60, data: 'ns1.example'}],
        additionals: [{name: 'ns1.example', type: 'A', ttl: 60, data: tree.own[0].address}],
      })
    }
    for (const own of tree.own) own.behaviour = deeper
    const labels = Array.from({length: 60}, (_, at) => `l${at}`).join('.')
    expect(await traceDelegation(dns, `${labels}.acme.example`)).toMatchObject({
      outcome: 'untraceable',
      failure: {reason: 'lame', detail: expect.stringContaining('more than 16 zones')},
    })
    expect(asked).toHaveLength(17)
  })

  it('believes that there is no such domain where no server says otherwise', async () => {
    const nonexistent = {outcome: 'nonexistent', parent: 'example', answer: {rcode: 'NXDOMAIN'}}
    expect(await trace(old)).toMatchObject(nonexistent)
    expect(await trace(old, behaviours.refusing)).toMatchObject(nonexistent)
    expect(await trace(behaviours.silent, old)).toMatchObject(nonexistent)
  })
})
