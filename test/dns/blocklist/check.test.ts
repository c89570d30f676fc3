import {array, asyncProperty, constantFrom, ipV4, ipV6, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {FailureReason} from '../../../src/dns/answer.ts'
import {type BlocklistOptions, blocklistCheck} from '../../../src/dns/blocklist/check.ts'
import {blocklists} from '../../../src/dns/blocklist/lists.ts'
import {questionName} from '../../../src/dns/blocklist/question.ts'
import {blocklistStatus} from '../../../src/dns/blocklist/status.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const zen = 'zen.spamhaus.org'
const ip = '203.0.113.7'
const listOf = (zone: string) => blocklists.filter((list) => list.zone === zone)

/** A list that works: it has its test entry and nothing else. */
function healthy(zone: string, test = '2.0.0.127', code = '127.0.0.2'): Zone {
  return {[`${test}.${zone}`]: {A: [code]}}
}

/** What a list in order says of the address. */
function zenSays(...codes: string[]): Zone {
  return {...healthy(zen), [`7.113.0.203.${zen}`]: {A: codes}}
}

async function check(zone: Zone, options: BlocklistOptions = {}, target = ip) {
  return blocklistCheck(zoneLookup(zone), {lists: listOf(zen), ...options})(target)
}

async function found(zone: Zone, options: BlocklistOptions = {}, target = ip) {
  return (await check(zone, options, target)).findings.map(({code, level, message}) => [code, level, message])
}

describe('blocklistCheck', () => {
  it('finds nothing on lists in order that do not have the address', async () => {
    const {findings, facts} = await check(healthy(zen))
    expect(findings).toEqual([])
    expect(facts).toMatchObject({target: ip, results: [{list: {zone: zen}, outcome: {status: 'clean'}, text: null}]})
  })

  it('says what an address is listed as, why, and where to have it removed', async () => {
    const at = `7.113.0.203.${zen}`
    const zone = {
      ...healthy(zen),
      [at]: {A: ['127.0.0.2', '127.0.0.9'], TXT: [txt('https://www.spamhaus.org/sbl/SBL1')]},
    }
    expect((await check(zone)).findings).toEqual([
      {
        code: 'BL_LISTED',
        level: 'error',
        subject: 'Spamhaus ZEN',
        name: ip,
        type: null,
        message: `${ip} is on Spamhaus ZEN as SBL: spam source, DROP: hijacked network (127.0.0.2, 127.0.0.9): “https://www.spamhaus.org/sbl/SBL1”. Have it removed at https://check.spamhaus.org/results?query=203.0.113.7`,
        expected: null,
        live: [expect.objectContaining({server: '192.0.2.53', records: ['127.0.0.2', '127.0.0.9']})],
        cause_of: [],
        fix: null,
        retry_after_s: null,
        references: ['RFC 5782 §2'],
      },
    ])
  })

  it.each([
    ['127.0.0.3', 'CSS: snowshoe spam'],
    ['127.0.0.4', 'XBL: compromised machine'],
    ['127.0.0.7', 'XBL: compromised machine'],
    ['127.0.0.10', 'PBL: not meant to send mail'],
    ['127.0.0.11', 'PBL: not meant to send mail'],
    ['127.0.0.30', 'BCL: botnet controller'],
  ])('reads %s of Spamhaus as %s', async (code, name) => {
    expect(await found(zenSays(code))).toEqual([
      ['BL_LISTED', 'error', expect.stringContaining(`${ip} is on Spamhaus ZEN as ${name} (${code}).`)],
    ])
  })

  it.each([
    [
      '127.255.255.254',
      'BL_QUERY_BLOCKED',
      'refuses the resolver 192.0.2.53',
      ' Use a resolver of your own, or a key for Spamhaus’s Data Query Service.',
    ],
    ['127.255.255.252', 'BL_QUERY_TYPO', 'does not understand the question', ''],
    ['127.255.255.255', 'BL_RATE', 'was asked too often by 192.0.2.53', ''],
    ['127.255.255.250', 'BL_KEY', 'does not take the key', ''],
    ['127.255.255.251', 'BL_KEY', 'does not take the key', ''],
    [
      '127.255.255.253',
      'BL_QUERY_BLOCKED',
      'refuses the resolver 192.0.2.53',
      ' Use a resolver of your own, or a key for Spamhaus’s Data Query Service.',
    ],
    [
      '127.0.0.1',
      'BL_QUERY_BLOCKED',
      'refuses the resolver 192.0.2.53',
      ' Use a resolver of your own, or a key for Spamhaus’s Data Query Service.',
    ],
    ['198.51.100.1', 'BL_HIJACK', 'did not give the answer that came from 192.0.2.53', ''],
    ['127.0.0.99', 'BL_UNDOCUMENTED', 'answered something it does not document', ''],
  ])('never takes %s for a listing', async (code, finding, sentence, advice) => {
    const expected = [
      [finding, 'unknown', `Spamhaus ZEN ${sentence} (it answered ${code}). That is no listing.${advice}`],
    ]
    expect(await found(zenSays(code))).toEqual(expected)
    if (finding !== 'BL_UNDOCUMENTED') expect(await found(zenSays('127.0.0.2', code))).toEqual(expected)
  })

  it.each([
    ['timeout', 'BL_TIMEOUT', 'Spamhaus ZEN gave no answer. That is no listing.'],
    ['unreachable', 'BL_TIMEOUT', 'Spamhaus ZEN gave no answer. That is no listing.'],
    ['SERVFAIL', 'BL_DEAD', 'Spamhaus ZEN does not work. That is no listing.'],
    [
      'REFUSED',
      'BL_QUERY_BLOCKED',
      'Spamhaus ZEN refuses the resolver 192.0.2.53. That is no listing. Use a resolver of your own, or a key for Spamhaus’s Data Query Service.',
    ],
    ['malformed', 'BL_DEAD', 'Spamhaus ZEN does not work. That is no listing.'],
  ] as const satisfies readonly (readonly [FailureReason, string, string])[])(
    'never takes %s for clean',
    async (reason, code, message) => {
      const expected = [[code, 'unknown', message]]
      expect(await found({...healthy(zen), [`7.113.0.203.${zen}`]: reason})).toEqual(expected)
      expect(await found({...healthy(zen), [`2.0.0.127.${zen}`]: reason})).toEqual(expected)
    },
  )

  it('never takes an answer without an address for clean', async () => {
    expect(await found({...healthy(zen), [`7.113.0.203.${zen}`]: {TXT: [txt('x')]}})).toEqual([
      ['BL_DEAD', 'unknown', 'Spamhaus ZEN does not work. That is no listing.'],
    ])
  })

  it('does not believe a list that has not its test entry, or has everything', async () => {
    expect(await found({})).toEqual([
      [
        'BL_DEAD',
        'unknown',
        'Spamhaus ZEN does not work. It does not have 127.0.0.2, which is always on a list that works.',
      ],
    ])
    const everything = {...zenSays('127.0.0.2'), [`1.0.0.127.${zen}`]: {A: ['127.0.0.2']}}
    expect(await found(everything)).toEqual([
      ['BL_DEAD', 'unknown', 'Spamhaus ZEN does not work. It has 127.0.0.1, so it has everything.'],
    ])
  })

  it('puts a list to the test once, and asks a list that fails it for nothing else', async () => {
    const lookup = zoneLookup(healthy(zen))
    const ask = blocklistCheck(lookup, {lists: listOf(zen)})
    await Promise.all(['192.0.2.1', '192.0.2.2', '192.0.2.3'].map(ask))
    expect(lookup.asked).toHaveLength(2 + 3)
    const dead = zoneLookup({})
    await Promise.all(['192.0.2.1', '192.0.2.2'].map(blocklistCheck(dead, {lists: listOf(zen)})))
    expect(dead.asked).toEqual([`2.0.0.127.${zen} A`, `1.0.0.127.${zen} A`])
  })

  it('asks for IPv6 by nibbles, and only lists that know it', async () => {
    const lookup = zoneLookup(Object.assign({}, ...blocklists.map(({zone}) => healthy(zone))))
    const {facts} = await blocklistCheck(lookup)('2001:db8::25')
    expect(facts.results.map(({list}) => list.zone)).toEqual([zen])
    expect(lookup.asked).toContain(`5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.${zen} A`)
  })

  it('takes an IPv4 address out of an IPv6 one', async () => {
    expect(await found(zenSays('127.0.0.2'), {}, '::ffff:203.0.113.7')).toMatchObject([
      ['BL_LISTED', 'error', expect.anything()],
    ])
  })

  it('asks lists of domains for domains, and reads their bits', async () => {
    const zone = {
      ...healthy('dbl.spamhaus.org', 'dbltest.com', '127.0.1.2'),
      ...healthy('multi.surbl.org', 'surbl-org-permanent-test-point.com', '127.0.0.254'),
      ...healthy('multi.uribl.com', 'test.uribl.com', '127.0.0.14'),
      'acme.example.dbl.spamhaus.org': {A: ['127.0.1.104']},
      'acme.example.multi.surbl.org': {A: ['127.0.0.72']},
      'acme.example.multi.uribl.com': {A: ['127.0.0.1']},
    }
    expect(await found(zone, {lists: blocklists}, 'acme.example')).toEqual([
      [
        'BL_LISTED',
        'error',
        expect.stringContaining('acme.example is on Spamhaus DBL as abused: phishing (127.0.1.104).'),
      ],
      ['BL_LISTED', 'error', expect.stringContaining('acme.example is on SURBL as phishing, spam (127.0.0.72).')],
      ['BL_QUERY_BLOCKED', 'unknown', expect.stringContaining('URIBL refuses the resolver 192.0.2.53')],
    ])
    const asked = {...zone, 'acme.example.dbl.spamhaus.org': {A: ['127.0.1.255']}}
    expect(await found(asked, {lists: listOf('dbl.spamhaus.org')}, 'acme.example')).toMatchObject([
      ['BL_QUERY_TYPO', 'unknown', expect.anything()],
    ])
  })

  describe('with a key of the Data Query Service', () => {
    const dqsKey = 'abcd1234efgh5678ijkl9012mn'
    const dqs = `${dqsKey}.zen.dq.spamhaus.net`

    it('asks there, and shows the key nowhere', async () => {
      const text = `https://check.example/?key=${dqsKey.toUpperCase()}`
      const zone = {...healthy(dqs), [`7.113.0.203.${dqs}`]: {A: ['127.0.0.2'], TXT: [txt(text)]}}
      const checked = await check(zone, {dqsKey})
      expect(checked.findings).toMatchObject([
        {code: 'BL_LISTED', message: expect.stringContaining('“https://check.example/?key=…”')},
      ])
      const status = blocklistStatus(checked.facts.results, '2026-03-01T12:00:00Z')
      expect(JSON.stringify([checked, status]).toLowerCase()).not.toContain(dqsKey)
      expect(status.listed).toEqual([zen])
    })

    it('shows it nowhere where the list fails', async () => {
      for (const zone of [
        {},
        {[`2.0.0.127.${dqs}`]: 'SERVFAIL'},
        {[`2.0.0.127.${dqs}`]: {A: ['127.255.255.250']}},
      ] as const) {
        const checked = await check(zone, {dqsKey})
        expect(checked.findings).toMatchObject([{level: 'unknown'}])
        expect(JSON.stringify(checked)).not.toContain(dqsKey)
      }
    })

    it('does not advise to get one', async () => {
      const refused = {...healthy(dqs), [`7.113.0.203.${dqs}`]: {A: ['127.255.255.254']}}
      expect(await found(refused, {dqsKey})).toMatchObject([
        ['BL_QUERY_BLOCKED', 'unknown', expect.stringMatching(/That is no listing\. Use a resolver of your own\.$/)],
      ])
    })

    it.each(['', 'abc.zen.example', 'ab cd', `${'a'.repeat(64)}`])('refuses “%s” and does not repeat it', (dqsKey) => {
      expect(() => blocklistCheck(zoneLookup({}), {dqsKey})).toThrow(
        /^The key for Spamhaus’s Data Query Service is not one word of letters and digits\.$/,
      )
    })
  })

  it('comes to an end with any answer', async () => {
    const codes = array(
      constantFrom('127.0.0.2', '127.0.0.1', '127.255.255.254', '::1', '', 'x', '127.0.0.999', 'constructor'),
      {maxLength: 3},
    )
    await sure(
      asyncProperty(codes, ipV4(), ipV6(), async (A, four, six) => {
        for (const target of [four, six, 'acme.example']) {
          const {facts} = await check({...healthy(zen), [questionName(target, zen)]: {A}}, {}, target)
          expect(facts.results).toHaveLength(target === 'acme.example' ? 0 : 1)
        }
      }),
    )
  })
})

describe('blocklistStatus', () => {
  it('is the document that is stored with an address', async () => {
    const zone = {
      ...zenSays('127.0.0.10'),
      ...healthy('bl.spamcop.net'),
      '7.113.0.203.bl.spamcop.net': {A: ['127.0.0.2'], TXT: [txt('Blocked - see SpamCop')]},
      ...healthy('psbl.surriel.com'),
      [`2.0.0.127.b.barracudacentral.org`]: 'REFUSED',
    } as const
    const lists = blocklists.filter(({name}) =>
      ['Spamhaus ZEN', 'SpamCop', 'Barracuda', 'PSBL', 'Mailspike'].includes(name),
    )
    const {facts} = await check(zone, {lists})
    expect(blocklistStatus(facts.results, '2026-03-01T12:00:00Z')).toEqual({
      checked_at: '2026-03-01T12:00:00Z',
      listed: [zen, 'bl.spamcop.net'],
      lists: {
        [zen]: {status: 'listed', code: '127.0.0.10', reason: 'PBL: not meant to send mail'},
        'bl.spamcop.net': {status: 'listed', code: '127.0.0.2', reason: 'Blocked - see SpamCop'},
        'b.barracudacentral.org': {status: 'unknown', code: null, reason: 'Refuses this resolver'},
        'psbl.surriel.com': {status: 'clean'},
        'bl.mailspike.net': {
          status: 'unknown',
          code: null,
          reason: 'It does not have 127.0.0.2, which is always on a list that works.',
        },
      },
    })
  })
})
