import {afterEach, beforeEach, expect, it, vi} from 'vitest'
import type {Lookup} from '../../../src/dns/answer.ts'
import {checkSpf} from '../../../src/dns/spf/check.ts'
import {evaluateSpf} from '../../../src/dns/spf/evaluate.ts'
import {type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const spf = (text: string) => ({TXT: [text]})
const sender = {ip: '192.0.2.10', helo: 'h.example', mailFrom: 'jane@n0.example'}

/** Records that lead from one to the next; the last one lets the sender pass. */
const chain: Zone = {
  'n0.example': spf('v=spf1 a:h0.example redirect=n1.example'),
  'n1.example': spf('v=spf1 a:h1.example redirect=n2.example'),
  'n2.example': spf('v=spf1 a:h2.example redirect=n3.example'),
  'n3.example': spf('v=spf1 ip4:192.0.2.10 -all'),
  'h0.example': {A: ['203.0.113.1'], AAAA: ['2001:db8::1']},
  'h1.example': {A: ['203.0.113.1'], AAAA: ['2001:db8::1']},
  'h2.example': {A: ['203.0.113.1'], AAAA: ['2001:db8::1']},
}

/** Each question takes this long, but what was asked before is remembered. */
function slowLookup(zone: Zone, ms: number): Lookup & {asked: string[]} {
  const quick = zoneLookup(zone)
  const lookup: Lookup = async (name, type) => {
    if (!quick.asked.includes(`${name} ${type}`)) vi.advanceTimersByTime(ms)
    return quick(name, type)
  }
  return Object.assign(lookup, {asked: quick.asked})
}

beforeEach(() => {
  vi.useFakeTimers({toFake: ['performance']})
})
afterEach(() => {
  vi.useRealTimers()
})

it('follows records for 20 s, says what it could not ask then, and calls nothing missing', async () => {
  const lookup = slowLookup(chain, 2_600)
  const {findings} = await checkSpf(lookup, {domain: 'n0.example', expected: null, senders: []})
  const late = 'the questions for SPF had already taken 20 s'
  expect(findings.map(({code, level, message}) => [code, level, message])).toEqual([
    [
      'SPF_UNKNOWN',
      'unknown',
      `What “a:h2.example” in the record of n2.example finds could not be asked for: ${late}.`,
    ],
    ['SPF_UNKNOWN', 'unknown', `“redirect=n3.example” in the record of n2.example could not be followed: ${late}.`],
  ])
  expect(lookup.asked).not.toContain('n3.example TXT')
})

it('proposes nothing where there was no time to see what is there', async () => {
  const target = {domain: 'n0.example', expected: 'v=spf1 ip4:192.0.2.10 -all', senders: []}
  const codesAt = async (ms: number) => {
    const {findings} = await checkSpf(slowLookup(chain, ms), target)
    return findings.map(({code, fix}) => [code, fix !== null])
  }
  expect(await codesAt(1)).toContainEqual(['SPF_MISMATCH', true])
  expect(await codesAt(3_000)).toContainEqual(['SPF_MISMATCH', false])
})

it('makes an evaluation that takes longer a temperror', async () => {
  const {result, reason} = await evaluateSpf(slowLookup(chain, 3_400), sender)
  expect([result, reason]).toEqual([
    'temperror',
    'TXT of n3.example could not be learned: the questions for SPF had already taken 20 s.',
  ])
})

it('lets an evaluation take 20 s', async () => {
  expect((await evaluateSpf(slowLookup(chain, 3_300), sender)).result).toBe('pass')
})
