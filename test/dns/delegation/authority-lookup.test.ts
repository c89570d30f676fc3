import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Lookup} from '../../../src/dns/answer.ts'
import {authorityLookup} from '../../../src/dns/delegation/authority-lookup.ts'
import type {Dns} from '../../../src/dns/dns.ts'
import {type FakeReply, txtRecord} from '../../support/dns/fake-server.ts'
import {answering, type FakeTree, soa, startTree} from '../../support/dns/fake-tree.ts'

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

/** Says whom it was asked as. */
const telling =
  (who: string): Lookup =>
  async () => ({outcome: 'failed', reason: 'unreachable', detail: who, server: null, transport: 'udp', ms: 0})

const lookup: Lookup = (name, type) => {
  const [{address}] = tree.own
  const server = {address, port: tree.port}
  const others = {below: () => telling('below'), beyond: telling('beyond')}
  return authorityLookup({client: dns.client, server, zone: 'acme.example', ...others})(name, type)
}

const alias = {name: 's1.acme.example', type: 'CNAME', ttl: 60, data: 's1.elsewhere.example'} as const

describe('authorityLookup', () => {
  it.each([true, false])(
    'goes to the servers of a zone below, whom a referral names (AA: %s)',
    async (authoritative) => {
      const authorities = [{name: 'sub.acme.example', type: 'NS', ttl: 60, data: 'ns1.acme.example'}] as const
      tree.own[0].behaviour = ({reply}) => reply({authoritative, authorities: [...authorities]})
      expect(await lookup('www.sub.acme.example', 'A')).toMatchObject({detail: 'below'})
    },
  )

  it('takes an SOA beside name servers for what it is: proof that there is nothing', async () => {
    const authorities = [
      {name: 'sub.acme.example', type: 'NS', ttl: 60, data: 'ns1.acme.example'},
      {name: 'sub.acme.example', type: 'SOA', ttl: 60, data: soa},
    ] as const
    tree.own[0].behaviour = ({reply}) => reply({authorities: [...authorities]})
    expect(await lookup('www.sub.acme.example', 'A')).toMatchObject({outcome: 'absent', rcode: 'NODATA'})
  })

  it('believes nothing that it says of where an alias leads out of the zone', async () => {
    const ofOthers = {name: 'elsewhere.example', type: 'SOA', ttl: 60, data: soa} as const
    const found: FakeReply = {answers: [alias, txtRecord('s1.elsewhere.example', 'old')]}
    const denied: FakeReply = {answers: [alias], rcode: 'NXDOMAIN', authorities: [ofOthers]}
    for (const said of [found, denied]) {
      tree.own[0].behaviour = ({reply}) => reply(said)
      expect(await lookup('s1.acme.example', 'TXT')).toMatchObject({detail: 'beyond'})
    }
  })

  it('follows an alias within the zone', async () => {
    const within = {...alias, data: 's2.acme.example'}
    const text = txtRecord('s2.acme.example', 'here')
    tree.own[0].behaviour = ({reply}) => reply({answers: [within, text]})
    expect(await lookup('s1.acme.example', 'TXT')).toMatchObject({outcome: 'found', records: [{data: 'here'}]})
    tree.own[0].behaviour = answering([within])
    expect(await lookup('s1.acme.example', 'TXT')).toMatchObject({detail: 'beyond'})
  })
})
