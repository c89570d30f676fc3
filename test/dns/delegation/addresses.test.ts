import {expect, it} from 'vitest'
import type {Absent, Failed, Lookup} from '../../../src/dns/answer.ts'
import {addressesOf} from '../../../src/dns/delegation/addresses.ts'
import {openDns} from '../../../src/dns/dns.ts'

const asked = {server: '192.0.2.53', transport: 'udp', ms: 1} as const
const none: Absent = {
  ...asked,
  outcome: 'absent',
  rcode: 'NODATA',
  aliases: [],
  authoritative: true,
  negativeTtl: 60,
}
const silent: Failed = {...asked, outcome: 'failed', reason: 'timeout', detail: 'no answer within 3 s'}

it.each([true, false])(
  'a name server without IPv4 whose IPv6 could not be asked for is not known (IPv6: %s)',
  async (ipv6) => {
    const lookup: Lookup = async (_, type) => (type === 'A' ? none : silent)
    const dns = openDns({resolvers: []})
    dns.client.close()
    const {problem} = await addressesOf({...dns, lookup, ipv6}, {name: 'ns1.acme.example', glue: []})
    expect(problem).toBe(silent)
  },
)
