import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {provenLookup} from '../../../src/dns/delegation/proven-lookup.ts'
import {type FakeTree, startTree} from '../../support/dns/fake-tree.ts'

let tree: FakeTree
beforeAll(async () => {
  tree = await startTree()
})
afterAll(() => tree.close())

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
})
