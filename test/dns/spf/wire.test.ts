import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Dns, openDns} from '../../../src/dns/dns.ts'
import {checkSpf} from '../../../src/dns/spf/check.ts'
import type {FakeServer} from '../../support/dns/fake-server.ts'
import {txt} from '../../support/dns/zone-lookup.ts'
import {startZoneServer} from '../../support/dns/zone-server.ts'

describe('SPF over the wire', () => {
  let server: FakeServer
  let dns: Dns

  beforeAll(async () => {
    const networks = Array.from({length: 100}, (_, at) => `ip4:198.51.100.${at}`).join(' ')
    server = await startZoneServer({
      'acme.test': {TXT: [txt('v=spf1 include:long.acme.test a:odd:name/x.acme.test exists:%{l}%_%%.acme.test -all')]},
      'long.acme.test': {TXT: [txt(`v=spf1 ${networks} ~all`)]},
      'odd:name/x.acme.test': {A: ['192.0.2.10']},
      'postmaster %.acme.test': {A: ['127.0.0.2']},
    })
    dns = openDns({resolvers: [{address: server.address, port: server.port}]})
  })

  afterAll(async () => {
    dns.client.close()
    await server.close()
  })

  it('reads what only fits over TCP, and names of any characters', async () => {
    const ips = ['198.51.100.7', '192.0.2.10', '203.0.113.1']
    const senders = ips.map((ip) => ({ip, helo: null}))
    const {findings, facts} = await checkSpf(dns.lookup, {domain: 'acme.test', expected: null, senders})
    expect(findings).toEqual([])
    expect(facts.senders.map(({verdict}) => verdict.path.map(({term}) => term))).toEqual([
      ['include:long.acme.test', 'ip4:198.51.100.7'],
      ['a:odd:name/x.acme.test'],
      ['exists:%{l}%_%%.acme.test'],
    ])
    expect(server.asked).toContain('tcp long.acme.test TXT')
  })

  it('asks each question once, however many IPs send', async () => {
    const asked = server.asked.filter((question) => question.startsWith('udp'))
    expect(asked).toEqual([...new Set(asked)])
  })
})
