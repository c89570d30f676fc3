import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {lookAtRecord} from '../../../src/dns/check/at-source.ts'
import type {Dns} from '../../../src/dns/dns.ts'
import {above, answering, type FakeTree, startTree} from '../../support/dns/fake-tree.ts'

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

const spf = {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 -all'}
const asked = {name: 'acme.example', type: 'TXT', subject: 'SPF'} as const
const look = () => lookAtRecord(dns, {domain: 'acme.example', document: {records: [spf]}}, asked)

describe('lookAtRecord', () => {
  it('says how a record stands at every authority and in the cache', async () => {
    const {verdict, live} = await look()
    expect(verdict?.state).toBe('ok')
    const servers = [...tree.own, tree.resolver].map(({address}) => `${address}:${tree.port}`)
    expect(live.map(({server}) => server)).toEqual(servers)
  })

  it('calls the record of a domain that does not exist missing, as the check does', async () => {
    for (const parent of tree.parents) parent.behaviour = answering(above)
    expect(await look()).toMatchObject({verdict: {state: 'missing'}, live: [{rcode: 'NXDOMAIN', authoritative: true}]})
  })
})
