import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {Lookup} from '../../src/dns/answer.ts'
import {openDns} from '../../src/dns/dns.ts'
import {evaluateSpf} from '../../src/dns/spf/evaluate.ts'
import {conformanceData} from '../support/conformance-data.ts'
import type {FakeServer} from '../support/dns/fake-server.ts'
import {zoneLookup} from '../support/dns/zone-lookup.ts'
import {startZoneServer} from '../support/dns/zone-server.ts'
import {readScenarios, type Scenario} from './spf-scenarios.ts'

const yaml = conformanceData('rfc7208-tests.yml')
const scenarios = yaml === null ? [] : readScenarios(yaml)

async function holds(lookup: Lookup, {host, helo, mailfrom, result, explanation}: Scenario['tests'][number]) {
  const verdict = await evaluateSpf(lookup, {ip: host, helo, mailFrom: mailfrom})
  expect([result].flat()).toContain(verdict.result)
  if (explanation !== undefined) expect(verdict.explanation ?? 'DEFAULT').toBe(explanation)
}

describe.skipIf(yaml === null)('the suite of RFC 7208 (skipped where rfc7208-tests.yml is not at hand)', () => {
  it('is whole: 203 tests', () => {
    expect(scenarios.flatMap(({tests}) => tests)).toHaveLength(203)
  })

  describe.each(scenarios)('in process: $description', ({tests, zone}) => {
    it.each(tests)('$name', (test) => holds(zoneLookup(zone), test))
  })

  describe.each(scenarios)('over the wire: $description', ({tests, zone}) => {
    let server: FakeServer
    beforeAll(async () => {
      server = await startZoneServer(zone)
    })
    afterAll(() => server.close())

    // A client for each: one that met silence would not ask again.
    it.concurrent.each(tests)('$name', async (test) => {
      const resolvers = [{address: server.address, port: server.port}]
      const {client, lookup} = openDns({resolvers, patience: {udpMs: [1_000], tcpMs: 1_000}})
      try {
        await holds(lookup, test)
      } finally {
        client.close()
      }
    })
  })
})
