import {expect, test} from 'vitest'
import type {Seen} from '../../src/dns/check/at-source.ts'
import type {RecordVerdict} from '../../src/dns/records/verdict.ts'
import {doctorBoard, liveLines} from '../../src/views/doctor-board.ts'
import type {CheckedDomain} from '../../src/views/domain-check.ts'

const missing: RecordVerdict = {
  position: 0,
  subject: 'MX',
  name: 'a.test',
  type: 'MX',
  state: 'missing',
  status: 'failed',
  error: 'a.test has no MX record.',
  ttl: null,
  live: [],
  retry_after_s: null,
}
const ok: RecordVerdict = {...missing, state: 'ok', status: 'verified', error: null, ttl: 300}

/** The record in the list, and in detail, once it was checked and then seen anew. */
function shown(checked: RecordVerdict, seen?: RecordVerdict): [line: string, detail: string] {
  const domain: CheckedDomain = {
    domain: 'a.test',
    zone: 'a.test',
    tenant: null,
    outcome: 'failing',
    errors: 1,
    warnings: 0,
    unknown: 0,
    first: null,
    findings: [],
    muted: [],
    verdicts: [checked],
    change: null,
  }
  const again: [string, Seen][] = seen ? [['record 0', {verdict: seen, live: seen.live}]] : []
  const state = {domain: 'a.test', checked: domain, seen: new Map(again), notice: null, kinds: {}}
  const {entries, detail} = doctorBoard(state, 'record 0')
  const text = (line: string | {text: string}) => (typeof line === 'string' ? line : line.text)
  return [text(entries.at(-1)?.line ?? ''), (detail[0]?.lines ?? []).map(text).join(' | ')]
}

test('a record is told as it was checked, until it is seen anew', () => {
  expect(shown(missing)).toEqual(['✗ MX  a.test: missing', 'missing, verification failed | a.test has no MX record.'])
  expect(shown(missing, ok)).toEqual(['✓ MX  a.test: ok', 'ok, verification verified | TTL at the source: 300 s'])
  expect(shown(missing, {...ok, state: 'propagating', retry_after_s: 40})).toEqual([
    '· MX  a.test: propagating',
    'propagating, verification verified | TTL at the source: 300 s | Caches still have the old answer for 40 s.',
  ])
  const unknown = {...missing, state: 'unknown', status: 'error', error: 'Nobody answers.'} as const
  expect(shown(missing, unknown)).toEqual(['? MX  a.test: unknown', 'unknown, verification error | Nobody answers.'])
})

test('line breaks in a record do not look like lines of ours', () => {
  const live = {
    server: '192.0.2.53',
    transport: 'udp',
    authoritative: true,
    rcode: 'NOERROR',
    ttl: 60,
    aliases: [],
    ms: 1,
  } as const
  const lines = liveLines([{...live, records: ['v=spf1 -all\nRecords\n  ✓ SPF a.test: ok']}])
  expect(lines).toEqual([
    '192.0.2.53 (source, NOERROR, TTL 60 s)',
    '  v=spf1 -all\\u{a}Records\\u{a}  ✓ SPF a.test: ok',
  ])
})

test('a record that is published and does not work is not told to work because it is published', () => {
  const broken = {...ok, status: 'failed', error: 'Too many look-ups.'} as const
  expect(shown(broken, ok)[0]).toBe('✗ MX  a.test: broken')
  expect(shown(broken, missing)[0]).toBe('✗ MX  a.test: missing')
})

test('of every server it is shown where aliases lead, and what is there', () => {
  const answer = {transport: 'udp', authoritative: true, rcode: 'NOERROR', ttl: 60, ms: 1} as const
  const aliases = ['via.example', 'end.example']
  expect(liveLines([{...answer, server: '192.0.2.53', aliases, records: ['192.0.2.1']}])).toEqual([
    '192.0.2.53 (source, NOERROR, TTL 60 s)',
    '  CNAME via.example',
    '  CNAME end.example',
    '  192.0.2.1',
  ])
})
