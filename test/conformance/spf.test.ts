import {describe, expect, it} from 'vitest'
import {evaluateSpf} from '../../src/dns/spf/evaluate.ts'
import {conformanceData} from '../support/conformance-data.ts'
import {zoneLookup} from '../support/dns/zone-lookup.ts'
import {readScenarios} from './spf-scenarios.ts'

const yaml = conformanceData('rfc7208-tests.yml')
const scenarios = yaml === null ? [] : readScenarios(yaml)

describe.skipIf(yaml === null)('the suite of RFC 7208 (skipped where rfc7208-tests.yml is not at hand)', () => {
  it('is whole: 203 tests', () => {
    expect(scenarios.flatMap(({tests}) => tests)).toHaveLength(203)
  })

  describe.each(scenarios)('$description', ({tests, zone}) => {
    it.each(tests)('$name', async ({host, helo, mailfrom, result, explanation}) => {
      const verdict = await evaluateSpf(zoneLookup(zone), {ip: host, helo, mailFrom: mailfrom})
      expect([result].flat()).toContain(verdict.result)
      if (explanation !== undefined) expect(verdict.explanation ?? 'DEFAULT').toBe(explanation)
    })
  })
})
