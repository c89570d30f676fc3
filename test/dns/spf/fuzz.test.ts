import {
  assert as always,
  array,
  asyncProperty,
  constantFrom,
  dictionary,
  integer,
  ipV4,
  ipV6,
  oneof,
  record,
  string,
  tuple,
} from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {Lookup} from '../../../src/dns/answer.ts'
import {checkSpf} from '../../../src/dns/spf/check.ts'
import {evaluateSpf} from '../../../src/dns/spf/evaluate.ts'
import {parseRecord} from '../../../src/dns/spf/parse-record.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const names = ['acme.example', 'a.example', 'b.example', 'c.example', 'd.example']
const name = constantFrom(...names)
const ip = oneof(ipV4(), ipV6())
const spec = oneof(
  name,
  constantFrom(
    '%{d}',
    '%{i}.a.example',
    '%{p}.b.example',
    '%{l1r-}.%{o}',
    '%{s',
    'x',
    '..',
    `${'l'.repeat(70)}.example`,
  ),
)
const term = oneof(
  tuple(constantFrom('', '+', '-', '~', '?'), constantFrom('include:', 'a:', 'mx:', 'exists:', 'ptr:'), spec).map(
    (parts) => parts.join(''),
  ),
  tuple(constantFrom('redirect=', 'exp='), spec).map((parts) => parts.join('')),
  tuple(ipV4(), integer({min: 0, max: 40})).map(([address, prefix]) => `ip4:${address}/${prefix}`),
  constantFrom(
    'all',
    '-all',
    '~all',
    '?all',
    'a',
    'mx',
    'ptr',
    'a/24//64',
    'moo',
    'include=a.example',
    'ipv4:192.0.2.1',
    'a:b.example-all',
  ),
  string({maxLength: 8}),
)
const text = oneof(
  array(term, {maxLength: 12}).map((terms) => `v=spf1 ${terms.join(' ')}`),
  string(),
)
const entry = oneof<[ReturnType<typeof rows>, ReturnType<typeof failure>]>(rows(), failure())

function rows() {
  return record(
    {
      TXT: array(text.map(txt), {maxLength: 3}),
      A: array(ipV4(), {maxLength: 3}),
      AAAA: array(ipV6(), {maxLength: 3}),
      MX: array(record({preference: integer(), exchange: oneof(name, string({maxLength: 8}))}), {maxLength: 12}),
      PTR: array(oneof(name, string()), {maxLength: 12}),
      CNAME: array(name, {maxLength: 1}),
    },
    {requiredKeys: []},
  )
}

function failure() {
  return constantFrom('timeout', 'SERVFAIL', 'REFUSED', 'lame', 'malformed', 'alias loop', 'bad name')
}

const zone = dictionary(name, entry, {minKeys: 2}).map((entries): Zone => entries)

/** However the records are, there are no more questions than this. */
const mostQuestions = {evaluation: 250, check: 2_500}

function counted(lookup: Lookup & {asked: string[]}, questions: number) {
  expect(lookup.asked.length).toBeLessThanOrEqual(questions)
}

describe('whatever is in DNS', () => {
  it('is evaluated to one of the seven results, with a reason or a path', async () => {
    await always(
      asyncProperty(zone, ip, string(), name, string(), async (entries, address, local, domain, helo) => {
        const lookup = zoneLookup(entries)
        const verdict = await evaluateSpf(lookup, {ip: address, helo, mailFrom: `${local}@${domain}`})
        expect(['none', 'neutral', 'pass', 'fail', 'softfail', 'temperror', 'permerror']).toContain(verdict.result)
        expect(verdict.reason !== null).toBe(['none', 'temperror', 'permerror'].includes(verdict.result))
        if (verdict.result === 'pass') expect(verdict.path.length).toBeGreaterThan(0)
        expect(verdict.lookups).toBeLessThanOrEqual(11)
        counted(lookup, mostQuestions.evaluation)
      }),
      {numRuns: 1_500},
    )
  })

  it('is checked to the end, and what is proposed has no error left', async () => {
    await always(
      asyncProperty(
        zone,
        array(ip, {maxLength: 3}),
        oneof(text, constantFrom('v=spf1 include:a.example -all')),
        async (entries, ips, expected) => {
          const lookup = zoneLookup(entries)
          const report = await checkSpf(lookup, {
            domain: 'acme.example',
            expected,
            senders: ips.map((address) => ({ip: address, helo: null})),
          })
          counted(lookup, mostQuestions.check)
          expect(JSON.parse(JSON.stringify(report))).toEqual(report)
          const fix = report.findings.find((finding) => finding.fix !== null)?.fix
          if (!fix) return
          expect(parseRecord(fix.value).problems).toEqual([])
          const changed = {...tableOf(entries[fix.name]), TXT: [txt(fix.value)]}
          const question = {domain: 'acme.example', expected: null, senders: []}
          const {findings} = await checkSpf(zoneLookup({...entries, [fix.name]: changed}), question)
          expect(findings.filter(({level}) => level === 'error')).toEqual([])
        },
      ),
      {numRuns: 1_500},
    )
  })
})

function tableOf(entry: Zone[string] | undefined) {
  return typeof entry === 'object' && !('rows' in entry) ? entry : {}
}

describe('a record that is meant to hurt', () => {
  const bombs: [string, string][] = [
    ['macros of the sender', `exists:${'%{s}.'.repeat(10_000)}x.example`],
    ['macros of the validated name', `exists:${'%{p}.'.repeat(10_000)}x.example`],
    ['macros cut into parts', `exists:${'%{s1r.-+,/_=}.'.repeat(4_000)}x.example`],
    ['terms', `${'ip4:203.0.113.1 '.repeat(4_000)}-all`],
    ['includes', `${Array.from({length: 2_000}, (_, at) => `include:n${at}.example`).join(' ')} -all`],
    ['hosts', `${Array.from({length: 2_000}, (_, at) => `mx:n${at}.example`).join(' ')} -all`],
    ['mistakes', 'x '.repeat(30_000)],
  ]

  it.each(bombs)('is evaluated and checked: %s', async (_, body) => {
    const lookup = zoneLookup({'acme.example': {TXT: [txt(`v=spf1 ${body}`)]}})
    await evaluateSpf(lookup, {ip: '192.0.2.10', helo: 'h.test', mailFrom: `${'a-'.repeat(100)}@acme.example`})
    counted(lookup, mostQuestions.evaluation)
    const senders = [{ip: '192.0.2.10', helo: null}]
    const report = await checkSpf(lookup, {domain: 'acme.example', expected: null, senders})
    counted(lookup, mostQuestions.check)
    expect(JSON.stringify(report).length).toBeLessThan(2_000_000)
  })

  it('may expand in an explanation, which is cut to nothing dangerous', async () => {
    const lookup = zoneLookup({
      'acme.example': {TXT: [txt('v=spf1 -all exp=why.example')]},
      'why.example': {TXT: [txt('%{s}'.repeat(15_000))]},
    })
    const verdict = await evaluateSpf(lookup, {
      ip: '192.0.2.10',
      helo: 'h.test',
      mailFrom: `${'a'.repeat(64)}@acme.example`,
    })
    expect(verdict.explanation?.length).toBe(15_000 * 77)
  })
})
