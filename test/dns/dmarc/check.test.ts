import {array, asyncProperty, stringMatching, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {checkDmarc, type DmarcTarget} from '../../../src/dns/dmarc/check.ts'
import {badName} from '../../../src/dns/resolve/resolver-lookup.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const name = '_dmarc.acme.com'
const stored = 'v=DMARC1; p=quarantine; rua=mailto:dmarc@acme.com'

async function check(zone: Zone, changed: Partial<DmarcTarget> = {}) {
  return checkDmarc(zoneLookup(zone), {domain: 'acme.com', stored, ...changed})
}

/** What is found where these records are published. */
async function found(texts: readonly string[], zone: Zone = {}, changed: Partial<DmarcTarget> = {}) {
  const {findings} = await check({...zone, ...(texts.length > 0 && {[name]: {TXT: texts.map(txt)}})}, changed)
  return findings.map(({code, level, message}) => [code, level, message])
}

const rua = 'rua=mailto:dmarc@acme.com'
const missing = [
  'DMARC_MISSING',
  'error',
  `${name} has no DMARC record (what is there is something else). Publish one there: “${stored}”`,
]

describe('checkDmarc', () => {
  it('finds nothing wrong with what is stored', async () => {
    const {findings, facts} = await check({[name]: {TXT: [txt(stored), txt('something else')]}})
    expect(findings).toEqual([])
    expect(facts).toMatchObject({
      name,
      record: {text: stored},
      comparison: {relation: 'same'},
      policy: {policy: 'quarantine', from: 'acme.com', tag: 'p'},
      inherited: null,
      destinations: [],
    })
  })

  it('says of a domain too long to have a record that there can be none', async () => {
    const long = `${`${'a'.repeat(62)}.`.repeat(4)}x`
    const why = 'the name has 260 octets, and in DNS none has more than 253'
    const told = async (expected: string | null) => {
      const {findings} = await checkDmarc(async (asked) => badName(asked), {domain: long, stored: expected})
      return findings.map(({code, level, message}) => [code, level, message])
    }
    const message = `No TXT can be at _dmarc.${long}: ${why}.`
    expect(await told(null)).toEqual([['NAME_IMPOSSIBLE', 'info', message]])
    expect(await told(stored)).toEqual([['REC_NAME_IMPOSSIBLE', 'error', message]])
  })

  it('says that the record is missing, with the evidence and the record to publish', async () => {
    const {findings, facts} = await check({}, {ttl: 300})
    expect(findings).toEqual([
      {
        code: 'DMARC_MISSING',
        level: 'error',
        subject: 'DMARC',
        name,
        type: 'TXT',
        message: `${name} has no DMARC record (NXDOMAIN). Publish one there: “${stored}”`,
        expected: stored,
        live: [expect.objectContaining({server: '192.0.2.53', rcode: 'NXDOMAIN'})],
        cause_of: [],
        fix: {
          host: '_dmarc',
          name,
          type: 'TXT',
          value: stored,
          ttl: 300,
          zone_line: `${name}. 300 IN TXT "${stored}"`,
          command: null,
        },
        retry_after_s: null,
        references: ['RFC 9989 §4.10', 'RFC 7489 §6.6.3'],
      },
    ])
    expect(facts).toMatchObject({record: null, policy: null, comparison: null})
  })

  it('offers a first record where none is stored', async () => {
    expect((await check({}, {stored: null})).findings).toMatchObject([
      {code: 'DMARC_MISSING', expected: null, fix: {value: 'v=DMARC1; p=none'}},
    ])
  })

  it('never takes a failure for a missing record', async () => {
    expect(await check({[name]: 'timeout'})).toMatchObject({
      findings: [{code: 'REC_UNKNOWN', level: 'unknown', name}],
      facts: {record: null, policy: null},
    })
  })

  it('says where the policy comes from that a domain inherits', async () => {
    const zone = {'_dmarc.acme.com': {TXT: [txt('v=DMARC1; p=reject; sp=quarantine')]}}
    const {findings, facts} = await check(zone, {domain: 'mail.acme.com', stored: null})
    expect(findings).toMatchObject([
      {
        code: 'DMARC_INHERITED',
        level: 'info',
        message: 'sp=quarantine comes from acme.com by the tree walk, and by the public suffix list too.',
      },
    ])
    expect(facts.policy).toMatchObject({policy: 'quarantine', from: 'acme.com'})
  })

  it('says where the two standards differ on what is inherited', async () => {
    const zone = {'_dmarc.b.acme.com': {TXT: [txt('v=DMARC1; p=reject')]}}
    const {findings} = await check(zone, {domain: 'a.b.acme.com', stored: null})
    expect(findings).toMatchObject([
      {message: 'p=reject comes from b.acme.com by the tree walk; by the public suffix list none from acme.com.'},
    ])
  })

  it('misses a stored record though a policy is inherited', async () => {
    const zone = {'_dmarc.acme.com': {TXT: [txt('v=DMARC1; p=reject')]}}
    const {findings} = await check(zone, {domain: 'mail.acme.com'})
    expect(findings.map(({code}) => code)).toEqual(['DMARC_MISSING', 'DMARC_INHERITED'])
  })

  it('says that it could not ask on the way up, and claims nothing', async () => {
    const {findings, facts} = await check({'_dmarc.acme.com': 'SERVFAIL'}, {domain: 'mail.acme.com', stored: null})
    expect(findings).toMatchObject([{code: 'REC_UNKNOWN', name: '_dmarc.acme.com'}])
    expect(facts.policy).toBeNull()
  })

  it('claims no policy where it depends on whether the domain exists, and that could not be asked', async () => {
    const above = (record: string): Zone => ({'_dmarc.acme.com': {TXT: [txt(record)]}, 'mail.acme.com': 'timeout'})
    const told = await check(above('v=DMARC1; p=reject; sp=none; np=reject'), {domain: 'mail.acme.com', stored: null})
    expect(told.findings).toMatchObject([{code: 'REC_UNKNOWN', name: 'mail.acme.com', type: 'A'}])
    expect(told.facts).toMatchObject({policy: null, inherited: {treeWalk: null, publicSuffix: null}})
    const known = {
      '_dmarc.b.acme.com': {TXT: [txt('v=DMARC1; p=none; np=reject; psd=n')]},
      'a.b.acme.com': 'timeout',
    } as const
    const half = await check({...above('v=DMARC1; p=reject'), ...known}, {domain: 'a.b.acme.com', stored: null})
    expect(half.findings[0]?.message).toBe(
      'What the tree walk finds is not known; by the public suffix list p=reject from acme.com.',
    )
    const same = await check(above('v=DMARC1; p=reject; sp=none; np=none'), {domain: 'mail.acme.com', stored: null})
    expect(same.findings).toMatchObject([{code: 'DMARC_INHERITED'}])
  })

  it('wants one record only', async () => {
    expect(await found([stored, 'v=DMARC1; p=none'])).toEqual([
      ['DMARC_MULTIPLE', 'error', `2 DMARC records are at ${name}; receivers discard them all. Keep one.`],
    ])
  })

  it('names what is at _dmarc instead', async () => {
    expect(await found([' v=DMARC1; p=none'])).toEqual([
      [
        'DMARC_SYNTAX',
        'error',
        '“ v=DMARC1; p=none” is not taken for DMARC. It begins with white space, and “v=DMARC1” must be the very first.',
      ],
      missing,
    ])
    expect(await found(['v=spf1 -all'])).toEqual([
      ['DMARC_SPF_FOUND', 'error', `“v=spf1 -all” is at ${name}. It belongs at acme.com.`],
      missing,
    ])
    const many = Array.from({length: 200}, (_, host) => `v=spf1 ip4:192.0.2.${host} -all`)
    const few = many.slice(0, 5).map((text) => `“${text}”`)
    expect(await found(many)).toEqual([
      ['DMARC_SPF_FOUND', 'error', `${few.join(', ')} and 195 more are at ${name}. They belong at acme.com.`],
      missing,
    ])
    expect(await found(['hello'])).toEqual([
      [
        'DMARC_UNRELATED_TXT',
        'warning',
        `“hello” at ${name} is no DMARC record. If it was not put there by hand, a wildcard of the zone gives it.`,
      ],
      missing,
    ])
    expect(await found(['hello'], {'*.acme.com': {TXT: [txt('hello')]}})).toEqual([
      [
        'DMARC_UNRELATED_TXT',
        'warning',
        `“hello” at ${name} is no DMARC record: it is what the wildcard *.acme.com gives for every name that is not there.`,
      ],
      missing,
    ])
  })

  it('blames the wildcard, and not who publishes SPF, where a wildcard gives an SPF record', async () => {
    expect(await found(['v=spf1 -all'], {'*.acme.com': {TXT: [txt('v=spf1 -all')]}})).toEqual([
      [
        'DMARC_UNRELATED_TXT',
        'warning',
        `“v=spf1 -all” at ${name} is no DMARC record: it is what the wildcard *.acme.com gives for every name that is not there.`,
      ],
      missing,
    ])
  })

  it.each(['acme.com', 'dmarc.acme.com'])('finds the record at %s, where it does not belong', async (at) => {
    const {findings} = await check({[at]: {TXT: [txt('v=spf1 -all'), txt(stored)]}})
    expect(findings).toMatchObject([
      {
        code: 'DMARC_AT_APEX',
        level: 'error',
        message: `“${stored}” is at ${at}, where nobody looks. It must be at ${name}.`,
        cause_of: ['DMARC_MISSING'],
        fix: {name, value: stored},
      },
      {code: 'DMARC_MISSING'},
    ])
  })

  it.each([
    [
      `v=DMARC1; p=none; ${rua}`,
      [['DMARC_WEAKER', 'warning', 'The live p=none is weaker than the stored p=quarantine.']],
    ],
    [
      `v=DMARC1; p=quarantine; sp=none; np=quarantine; ${rua}`,
      [['DMARC_SP_WEAKER', 'warning', 'The live sp=none is weaker than the stored sp=quarantine.']],
    ],
    [
      `v=DMARC1; p=quarantine; np=none; ${rua}`,
      [['DMARC_NP_WEAKER', 'warning', 'The live np=none is weaker than the stored np=quarantine.']],
    ],
    [
      `v=DMARC1; p=reject; adkim=s; rua=mailto:x@acme.com`,
      [
        [
          'DMARC_MISMATCH',
          'warning',
          'p= is reject, and stored is quarantine; sp= is reject, and stored is quarantine; np= is reject, and stored is quarantine; adkim= is s, and stored is r; rua= is mailto:x@acme.com, and stored is mailto:dmarc@acme.com.',
        ],
      ],
    ],
    [`v=DMARC1; p=quarantine; t=y; ${rua}`, [['DMARC_MISMATCH', 'warning', 't= is y, and stored is n.']]],
    [
      'v=DMARC1; p=quarantine',
      [
        ['DMARC_MISMATCH', 'warning', 'rua= is not there, and stored is mailto:dmarc@acme.com.'],
        ['DMARC_NO_RUA', 'info', 'The record has no rua=, so nobody gets aggregate reports.'],
      ],
    ],
  ])('compares “%s” with what is stored', async (text, findings) => expect(await found([text])).toEqual(findings))

  it.each([
    [
      `v=DMARC1; p=none; ${rua}`,
      [
        [
          'DMARC_P_NONE',
          'warning',
          'p=none: mail that fails is only reported. Go on to p=quarantine once the reports are clean.',
        ],
      ],
    ],
    [
      `v=DMARC1; p=reject; sp=quarantine; np=none; ${rua}`,
      [
        ['DMARC_SP_WEAKER', 'warning', 'sp=quarantine is weaker than p=reject: subdomains can be forged more easily.'],
        ['DMARC_NP_WEAKER', 'warning', 'np=none is weaker than p=reject: subdomains can be made up.'],
      ],
    ],
    [
      `v=DMARC1; p=reject; t=y; ${rua}`,
      [['DMARC_T_Y', 'warning', 't=y: receivers report what fails, but do not apply p=reject.']],
    ],
    [
      `v=DMARC1; p=reject; pct=20; zz=1; ${rua}!10m,nobody`,
      [
        [
          'DMARC_REMOVED_TAG',
          'info',
          'At character 21: pct= was removed in RFC 9989; older receivers may honour it. They apply the policy to 20 % of mail, the others to all. For a test, write t=y.',
        ],
        ['DMARC_UNKNOWN_TAG', 'info', 'At character 29: “zz=” is no tag of DMARC; receivers ignore it.'],
        ['DMARC_RUA_SYNTAX', 'warning', '“nobody” does not begin with mailto:.'],
        [
          'DMARC_REMOVED_TAG',
          'info',
          'The size in mailto:dmarc@acme.com!10m was removed in RFC 9989; receivers that follow it may not read the address.',
        ],
      ],
    ],
  ])('judges “%s” by itself', async (text, findings) =>
    expect(await found([text], {}, {stored: null})).toEqual(findings),
  )

  it('says that p=none, where it is stored, is as it was decided', async () => {
    const {findings} = await check(
      {[name]: {TXT: [txt(`v=DMARC1; p=none; ${rua}`)]}},
      {stored: `v=DMARC1; p=none; ${rua}`},
    )
    expect(findings).toMatchObject([{code: 'DMARC_P_NONE', level: 'info'}])
  })

  describe('of reports to somebody else', () => {
    const text = 'v=DMARC1; p=reject; rua=mailto:acme@reports.example,mailto:a@mail.acme.com'
    const at = 'acme.com._report._dmarc.reports.example'
    const reports = (zone: Zone) => check({[name]: {TXT: [txt(text)]}, ...zone}, {stored: text})

    it('takes them when the other domain says so', async () => {
      for (const agreed of ['v=DMARC1', 'v=DMARC1; rua=mailto:other@reports.example']) {
        expect(await reports({[at]: {TXT: [txt(agreed), txt('else')]}})).toMatchObject({
          findings: [],
          facts: {destinations: [{domain: 'reports.example', authorised: true}]},
        })
      }
    })

    it.each(['v=spf1 -all', null])('says what its owner must publish, where there is %s', async (there) => {
      const {findings, facts} = await reports(there === null ? {} : {[at]: {TXT: [txt(there)]}})
      expect(findings).toMatchObject([
        {
          code: 'DMARC_RUA_UNAUTHORISED',
          level: 'warning',
          name: at,
          message: `reports.example has no TXT at ${at}; its owner must add “v=DMARC1” there, or at *._report._dmarc.reports.example for the reports of everybody.`,
          fix: {host: 'acme.com._report._dmarc', zone_line: `${at}. 3600 IN TXT "v=DMARC1"`},
        },
      ])
      expect(facts.destinations).toEqual([{domain: 'reports.example', authorised: false}])
    })

    it('refuses one that sends them on to a third', async () => {
      expect((await reports({[at]: {TXT: [txt('v=DMARC1; rua=mailto:x@third.example')]}})).findings).toMatchObject([
        {
          code: 'DMARC_RUA_UNAUTHORISED',
          message:
            'reports.example sends the reports on to third.example, at another domain; receivers then send none at all.',
        },
      ])
    })

    it('does not know where it could not ask', async () => {
      expect(await reports({[at]: 'REFUSED'})).toMatchObject({
        findings: [{code: 'REC_UNKNOWN', name: at}],
        facts: {destinations: [{domain: 'reports.example', authorised: null}]},
      })
    })
  })

  it('comes to an end with any records', async () => {
    const record = stringMatching(/^ ?(v=DMARC1|v=spf1|x)(; ?(p|sp|np|t|rua|pct|adkim|zz)=[a-z0-9:@.!,]{0,30}){0,5};?$/)
    await sure(
      asyncProperty(array(record, {maxLength: 3}), array(record, {maxLength: 1}), async (texts, others) => {
        for (const finding of await found(texts, {'_dmarc.com': {TXT: others.map(txt)}}, {stored: others[0] ?? null})) {
          expect(finding[0]).toMatch(/^(DMARC|REC)_[A-Z_]+$/)
        }
      }),
    )
  })
})
