import {describe, expect, it} from 'vitest'
import type {Finding} from '../../../src/dns/finding.ts'
import {checkSpf} from '../../../src/dns/spf/check.ts'
import {type SpfCode, spfKinds} from '../../../src/dns/spf/kinds.ts'
import {pathText} from '../../../src/dns/spf/verdict.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const spf = (...texts: string[]) => ({TXT: texts.map(txt)})

/** The world around the domain: our own include, and the customer's mail host. */
const world: Zone = {
  '_spf.ours.example': spf('v=spf1 ip4:192.0.2.0/24 ip6:2001:db8:1::/48 ~all'),
  '_spf.theirs.example': spf('v=spf1 include:_a.theirs.example include:_b.theirs.example ~all'),
  '_a.theirs.example': spf('v=spf1 ip4:198.51.100.0/24 ~all'),
  '_b.theirs.example': spf('v=spf1 ip4:203.0.113.0/24 ~all'),
}
const ours = 'v=spf1 include:_spf.ours.example -all'
const theirs = 'v=spf1 include:_spf.theirs.example ~all'
const merged = 'v=spf1 include:_spf.theirs.example include:_spf.ours.example -all'

interface Question {
  zone?: Zone
  expected?: string | null
  senders?: readonly string[]
}

async function check(
  live: readonly string[] | null,
  {zone = {}, expected = ours, senders = ['192.0.2.10']}: Question = {},
) {
  const lookup = zoneLookup({...world, ...(live && {'acme.example': spf(...live)}), ...zone})
  const {findings, facts} = await checkSpf(lookup, {
    domain: 'acme.example',
    ttl: 300,
    expected,
    senders: senders.map((ip) => ({ip, helo: null})),
  })
  return {findings, ...facts}
}

/** Each finding as `level CODE`, and what to publish instead. */
function short(findings: readonly Finding[]): string[] {
  return findings.map(({level, code, fix}) => `${level} ${code}${fix ? ` => ${fix.value}` : ''}`)
}

function messageOf(findings: readonly Finding[], code: SpfCode): string | undefined {
  return findings.find((finding) => finding.code === code)?.message
}

describe('a domain whose SPF is right', () => {
  it('has its IPs pass, each by the mechanism that is named', async () => {
    const {senders} = await check([ours], {senders: ['192.0.2.10', '2001:db8:1::25']})
    expect(senders.map(({ip, verdict}) => [ip, verdict.result, pathText(verdict.path)])).toEqual([
      ['192.0.2.10', 'pass', 'include:_spf.ours.example -> ip4:192.0.2.0/24'],
      ['2001:db8:1::25', 'pass', 'include:_spf.ours.example -> ip6:2001:db8:1::/48'],
    ])
  })

  it.each([
    ['as stored', ours],
    ['written otherwise', 'V=SPF1  include:_SPF.OURS.example.  -ALL'],
    ['with the customer’s other senders', 'v=spf1 include:_spf.theirs.example include:_spf.ours.example -all'],
  ])('has nothing found: %s', async (_, live) => {
    const report = await check([live])
    expect([report.findings, report.proposal]).toEqual([[], null])
  })

  it('is reported as data that goes through JSON', async () => {
    const report = await check([theirs])
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})

describe('a domain without an SPF record', () => {
  it('is told what to publish, in every form, and what that costs', async () => {
    const {findings} = await check(null)
    expect(findings[0]).toEqual({
      code: 'SPF_MISSING',
      level: 'error',
      subject: 'SPF',
      name: 'acme.example',
      type: 'TXT',
      message:
        'acme.example has no SPF record. The new record takes 1/10 look-ups and 0/2 empty ones, and has 37 bytes.',
      expected: ours,
      live: [
        {
          server: '192.0.2.53',
          transport: 'udp',
          authoritative: true,
          rcode: 'NXDOMAIN',
          ttl: 300,
          aliases: [],
          records: [],
          ms: 1,
        },
      ],
      cause_of: ['SPF_IP_NOT_AUTHORISED'],
      fix: {
        host: '@',
        name: 'acme.example',
        type: 'TXT',
        value: ours,
        ttl: 300,
        zone_line: `acme.example. 300 IN TXT "${ours}"`,
        command: null,
      },
      retry_after_s: 300,
      references: ['RFC 7208 §4.5'],
    })
    expect(short(findings)).toEqual([`error SPF_MISSING => ${ours}`, `error SPF_IP_NOT_AUTHORISED => ${ours}`])
  })

  it('is shown the record that was nearly one', async () => {
    const {findings} = await check(['v=spf1;include:_spf.ours.example -all', 'site-verification=abc'])
    expect(messageOf(findings, 'SPF_MISSING')).toContain(
      '“v=spf1;include:_spf.ours.example -all” looks like one, but a record begins with “v=spf1” and a space.',
    )
    expect(findings[0]?.live[0]?.records).toEqual(['v=spf1;include:_spf.ours.example -all'])
  })

  it.each([
    'v=spf1\tinclude:_spf.theirs.example ~all',
    'v=spf1;include:_spf.theirs.example ~all;',
    '"v=spf1 include:_spf.theirs.example ~all"',
    ' V=SPF1 include:_spf.theirs.example ~all',
  ])('keeps the senders of a record that was nearly one: %s', async (live) => {
    const {findings} = await check([live])
    expect(findings.find(({code}) => code === 'SPF_MISSING')?.fix?.value).toBe(merged)
  })

  it('gets a record with its sending IPs where nothing is stored', async () => {
    const {findings} = await check(null, {expected: null, senders: ['192.0.2.10', '2001:db8::1']})
    expect(findings[0]?.fix?.value).toBe('v=spf1 ip4:192.0.2.10 ip6:2001:db8::1 ~all')
  })

  it('gets none where it is no full domain name', async () => {
    const expected = ours
    const {findings} = await checkSpf(zoneLookup(world), {
      domain: 'localhost',
      zone: 'localhost',
      expected,
      senders: [],
    })
    expect(findings.map(({code, message, fix}) => [code, message, fix])).toEqual([
      ['SPF_MISSING', '“localhost” is no full domain name, and cannot have an SPF record.', null],
    ])
  })

  it('gets none where nothing is known of it', async () => {
    const {findings, proposal} = await check(null, {expected: null, senders: []})
    expect([short(findings), proposal]).toEqual([['error SPF_MISSING'], null])
  })
})

describe('a domain that publishes somebody else’s record', () => {
  it('is never told to publish ours beside it or instead of it', async () => {
    const report = await check([theirs])
    expect(short(report.findings)).toEqual([
      `error SPF_MISMATCH => ${merged}`,
      `error SPF_IP_NOT_AUTHORISED => ${merged}`,
    ])
    expect(messageOf(report.findings, 'SPF_MISMATCH')).toBe(
      'The SPF record of acme.example is not as stored: it lacks include:_spf.ours.example; it ends in ~all, not -all. ' +
        'Add include:_spf.ours.example before -all. The new record takes 4/10 look-ups and 0/2 empty ones, and has 65 bytes.',
    )
    expect(messageOf(report.findings, 'SPF_IP_NOT_AUTHORISED')).toBe(
      'Sending IP 192.0.2.10 gets softfail. “~all” decides. Add include:_spf.ours.example before -all.',
    )
    expect(report.findings[0]?.cause_of).toEqual(['SPF_IP_NOT_AUTHORISED'])
    expect(report.proposal).toEqual({
      record: merged,
      added: ['include:_spf.ours.example'],
      moved: [],
      mended: [],
      dropped: [],
      unread: [],
      policy: '-all',
      lookups: 4,
      voids: {ipv4: 0, ipv6: 0},
      bytes: 65,
      remaining: [],
    })
  })

  it('keeps its redirect', async () => {
    const record = 'v=spf1 include:_spf.ours.example redirect=_spf.theirs.example'
    const {findings} = await check(['v=spf1 redirect=_spf.theirs.example'])
    expect(findings[0]?.fix?.value).toBe(record)
    expect(short((await check([record])).findings)).toEqual(['warning SPF_MISMATCH'])
    const strict = {'_spf.theirs.example': spf('v=spf1 mx -all')}
    expect(short((await check([record], {zone: strict})).findings)).toEqual([])
  })

  it('gets one record where it has two', async () => {
    const {findings, tree} = await check([theirs, ours])
    expect(tree).toMatchObject({status: 'multiple', records: [theirs, ours]})
    expect(short(findings)).toEqual([`error SPF_MULTIPLE => ${merged}`, `error SPF_IP_NOT_AUTHORISED => ${merged}`])
    expect(messageOf(findings, 'SPF_MULTIPLE')).toBe(
      `2 SPF records at acme.example; receivers return permerror. Merge them into “${merged}”. ` +
        'The new record takes 4/10 look-ups and 0/2 empty ones, and has 65 bytes.',
    )
  })

  it('is told why merging will not do, and gets no fix', async () => {
    const hosts = Array.from({length: 9}, (_, at) => `h${at}.acme.example`)
    const zone = Object.fromEntries(hosts.map((host) => [host, {A: ['203.0.113.9'], AAAA: ['2001:db8::9']}]))
    const live = `v=spf1 ${hosts.map((host) => `a:${host}`).join(' ')} ${theirs.slice(7)}`
    const {findings, proposal} = await check([live], {zone})
    expect(proposal?.lookups).toBe(13)
    expect(short(findings)).toEqual(['error SPF_MISMATCH', 'error SPF_TOO_MANY_LOOKUPS', 'error SPF_IP_NOT_AUTHORISED'])
    expect(messageOf(findings, 'SPF_MISMATCH')).toContain(
      'Even merged it would not do: SPF of acme.example needs 13 look-ups; 10 are allowed.',
    )
    expect(messageOf(findings, 'SPF_TOO_MANY_LOOKUPS')).toBe(
      'SPF of acme.example needs 12 look-ups; 10 are allowed. Costliest: include:_spf.theirs.example = 3.',
    )
  })
})

describe('a record that breaks the rules', () => {
  it('is mended where a slip can mean one thing only', async () => {
    const fix = 'v=spf1 ip4:198.51.100.1 include:_spf.theirs.example include:_spf.ours.example -all'
    const {findings} = await check(['v=spf1 ipv4:198.51.100.1 include:_spf.theirs.example~all'])
    expect(short(findings)).toEqual([
      `error SPF_SYNTAX => ${fix}`,
      `error SPF_SYNTAX => ${fix}`,
      `error SPF_IP_NOT_AUTHORISED => ${fix}`,
    ])
    expect(messageOf(findings, 'SPF_SYNTAX')).toBe(
      'Bad SPF term at position 8 of the record of acme.example: v=spf1 ➞ipv4:198.51.100.1 include:_spf.their…. ' +
        '“ipv4:198.51.100.1” is no mechanism of SPF. Perhaps “ip4:198.51.100.1” is meant.',
    )
  })

  it('is mended where a tab is between terms', async () => {
    const {findings} = await check(['v=spf1 ip4:198.51.100.1\tinclude:_spf.theirs.example ~all'])
    expect(findings[0]?.fix?.value).toBe(
      'v=spf1 ip4:198.51.100.1 include:_spf.theirs.example include:_spf.ours.example -all',
    )
    expect(findings[0]?.message).toContain('Perhaps “ip4:198.51.100.1 include:_spf.theirs.example” is meant.')
  })

  it('is told what the new record leaves out, wherever that is offered', async () => {
    const left = 'The new record leaves out “ip4:198.51.100.0/33”, “include:mailer”, “–mx”: put in what is meant there.'
    const live = 'v=spf1 ip4:198.51.100.0/33 include:mailer –mx include:_spf.theirs.example ~all'
    for (const records of [[live], [live, ours]]) {
      const offered = (await check(records)).findings.filter(({fix}) => fix !== null)
      expect(offered.length).toBeGreaterThan(0)
      for (const {message} of offered) expect(message).toContain(left)
    }
  })

  it('is told of a mistake in somebody else’s record, which it cannot mend', async () => {
    const {findings} = await check([merged], {zone: {'_b.theirs.example': spf('v=spf1 ip4:203.0.113')}})
    expect(short(findings)).toEqual(['error SPF_SYNTAX', 'error SPF_IP_NOT_AUTHORISED'])
    expect(findings[0]).toMatchObject({name: '_b.theirs.example', cause_of: ['SPF_IP_NOT_AUTHORISED'], fix: null})
  })

  it('loses what cannot be followed', async () => {
    const {findings} = await check(['v=spf1 include:gone.example include:_spf.ours.example -all'])
    expect(short(findings)).toEqual([`error SPF_INCLUDE_MISSING => ${ours}`, `error SPF_IP_NOT_AUTHORISED => ${ours}`])
    expect(messageOf(findings, 'SPF_INCLUDE_MISSING')).toBe(
      '“include:gone.example” in the record of acme.example leads to no SPF record; receivers return permerror.',
    )
  })

  it('does not lose what could not be asked for', async () => {
    const live = ['v=spf1 include:slow.example ~all']
    const {findings} = await check(live, {zone: {'slow.example': 'timeout'}})
    const fix = 'v=spf1 include:slow.example include:_spf.ours.example -all'
    expect(short(findings)).toEqual([`error SPF_MISMATCH => ${fix}`, 'unknown SPF_UNKNOWN'])
    expect(messageOf(findings, 'SPF_MISMATCH')).toContain('The new record takes at least 2/10 look-ups')
  })

  it('is shown the way round a loop', async () => {
    const zone = {'b.example': spf('v=spf1 include:c.example -all'), 'c.example': spf('v=spf1 include:b.example -all')}
    const {findings} = await check(['v=spf1 include:b.example include:_spf.ours.example -all'], {zone})
    expect(short(findings)).toEqual(['error SPF_LOOP', 'error SPF_IP_NOT_AUTHORISED'])
    expect(findings[0]).toMatchObject({
      name: 'c.example',
      message: 'SPF goes round: b.example -> c.example -> b.example; receivers return permerror.',
    })
  })

  it('loses an include of itself', async () => {
    const {findings} = await check(['v=spf1 include:acme.example include:_spf.ours.example -all'])
    expect(short(findings)).toEqual([`error SPF_LOOP => ${ours}`, `error SPF_IP_NOT_AUTHORISED => ${ours}`])
  })

  it('loses what finds nothing only where it cannot afford it', async () => {
    const {findings} = await check(['v=spf1 a:x.example a:y.example include:_spf.ours.example -all'])
    expect(findings).toEqual([])
    const three = 'v=spf1 a:x.example a:y.example mx:z.example include:_spf.ours.example -all'
    const over = await check([three])
    expect(short(over.findings)).toEqual([
      `error SPF_TOO_MANY_VOID => ${ours}`,
      `error SPF_IP_NOT_AUTHORISED => ${ours}`,
    ])
    expect(messageOf(over.findings, 'SPF_TOO_MANY_VOID')).toBe(
      'SPF of acme.example asks 3 questions that find nothing; 2 are allowed: a:x.example, a:y.example, mx:z.example.',
    )
  })

  it('is warned where only an IPv6 sender would meet the limit', async () => {
    const zone = Object.fromEntries(['x', 'y', 'z'].map((host) => [`${host}.example`, {A: ['203.0.113.9']}]))
    const {findings} = await check(['v=spf1 a:x.example a:y.example a:z.example include:_spf.ours.example -all'], {
      zone,
    })
    expect(short(findings)).toEqual(['warning SPF_TOO_MANY_VOID'])
    expect(findings[0]?.message).toContain('asks 3 questions that find nothing for a sender with an IPv6 address;')
  })

  it('names what can go when it asks too much', async () => {
    const hosts = Array.from({length: 6}, () => 'a').join(' ')
    const live = `v=spf1 ${hosts} mx include:_a.theirs.example include:_spf.theirs.example include:_spf.ours.example -all`
    const here = {A: ['203.0.113.9'], AAAA: ['2001:db8::9']}
    const {findings} = await check([], {zone: {'acme.example': {...spf(live), ...here}}})
    expect(messageOf(findings, 'SPF_TOO_MANY_LOOKUPS')).toBe(
      'SPF of acme.example needs 12 look-ups; 10 are allowed. Costliest: include:_spf.theirs.example = 3. Removable: ' +
        `${Array.from({length: 5}, () => 'a (It stands there already)').join(', ')}, mx (It finds no address), ` +
        'include:_a.theirs.example (It is reached through include:_spf.theirs.example).',
    )
    expect(findings.find(({code}) => code === 'SPF_TOO_MANY_LOOKUPS')?.fix?.value).toBe(
      'v=spf1 a mx include:_a.theirs.example include:_spf.theirs.example include:_spf.ours.example -all',
    )
  })
})

describe('an include of what another include reaches', () => {
  const codes = async (live: string, between: string, {theirs = ''} = {}) => {
    const zone = {
      'x.example': spf('v=spf1 ip4:198.51.100.0/24 -all'),
      'between.example': spf(between),
      ...(theirs && {'theirs.example': spf(theirs)}),
    }
    const {findings} = await check([live], {zone, expected: null, senders: []})
    return findings.map(({code}) => code)
  }
  const through = 'v=spf1 include:x.example ~all'

  it.each([
    ['v=spf1 include:x.example include:between.example -all', through],
    ['v=spf1 include:between.example -ip4:198.51.100.7 include:x.example -all', through],
    ['v=spf1 -ip4:198.51.100.7 include:x.example include:between.example -all', through],
    [
      'v=spf1 include:x.example include:between.example -all',
      'v=spf1 ip4:203.0.113.1 include:x.example -ip4:192.0.2.1',
    ],
  ])('can go where it lets the same senders pass: %s, with %s', async (live, between) => {
    expect(await codes(live, between)).toContain('SPF_DUP_INCLUDE')
  })

  it.each([
    ['v=spf1 include:x.example include:between.example -all', 'v=spf1 -ip4:198.51.100.7 include:x.example ~all'],
    ['v=spf1 include:x.example include:between.example -all', 'v=spf1 ?include:theirs.example include:x.example ~all'],
    ['v=spf1 include:x.example include:between.example -all', 'v=spf1 include:theirs.example moo ~all'],
    ['v=spf1 include:x.example -ip4:198.51.100.7 include:between.example -all', through],
    ['v=spf1 -include:x.example include:between.example -all', through],
  ])('stays where it would be missed: %s, with %s', async (live, between) => {
    expect(await codes(live, between, {theirs: 'v=spf1 include:x.example -all'})).not.toContain('SPF_DUP_INCLUDE')
  })

  it('is not taken out to keep to the limit where it would be missed', async () => {
    const hosts = Array.from({length: 8}, (_, at) => `h${at}.example`)
    const zone = {
      ...Object.fromEntries(hosts.map((host) => [host, {A: ['203.0.113.9'], AAAA: ['2001:db8::9']}])),
      'x.example': spf('v=spf1 ip4:198.51.100.0/24 -all'),
      'between.example': spf('v=spf1 -ip4:198.51.100.7 include:x.example ~all'),
    }
    const live = `v=spf1 include:x.example include:between.example ${hosts.map((host) => `a:${host}`).join(' ')} -all`
    const {findings} = await check([live], {zone, expected: null, senders: []})
    expect(short(findings)).toEqual(['error SPF_TOO_MANY_LOOKUPS'])
  })
})

describe('a record that is unwise', () => {
  it.each<[string, string, string[]]>([
    [
      'lets everybody send',
      'v=spf1 include:_spf.ours.example +all',
      [`warning SPF_MISMATCH => ${ours}`, `error SPF_ALL_PASS => ${ours}`],
    ],
    ['lets every address send', 'v=spf1 ip4:0.0.0.0/0 include:_spf.ours.example -all', ['error SPF_ALL_PASS']],
    [
      'says nothing of others',
      'v=spf1 include:_spf.ours.example ?all',
      [`warning SPF_MISMATCH => ${ours}`, 'warning SPF_ALL_NEUTRAL'],
    ],
    [
      'has no all',
      'v=spf1 include:_spf.ours.example',
      [`warning SPF_MISMATCH => ${ours}`, `warning SPF_NO_ALL => ${ours}`],
    ],
    ['uses ptr', 'v=spf1 include:_spf.ours.example ptr -all', ['warning SPF_PTR']],
    [
      'names senders twice',
      'v=spf1 include:_spf.ours.example include:_SPF.ours.example -all',
      [`warning SPF_DUP_INCLUDE => ${ours}`],
    ],
    [
      'goes on after all',
      'v=spf1 include:_spf.ours.example -all include:_spf.theirs.example',
      ['warning SPF_AFTER_ALL => v=spf1 include:_spf.ours.example include:_spf.theirs.example -all'],
    ],
    [
      'has a slip that follows the grammar',
      'v=spf1 include:_spf.ours.example include=_spf.theirs.example -all',
      ['warning SPF_TRAP => v=spf1 include:_spf.ours.example include:_spf.theirs.example -all'],
    ],
    ['depends on the message', 'v=spf1 include:_spf.ours.example include:%{l}.x.example -all', ['info SPF_DYNAMIC']],
  ])('%s', async (_, live, found) => {
    const report = await check([live])
    expect(short(report.findings)).toEqual(found)
  })

  it.each<[string, string | null]>([
    ['v=spf1 ip4:198.51.100.7/0 -all', 'ip4:198.51.100.7/0'],
    ['v=spf1 +IP6:2001:db8::/0 -all', '+IP6:2001:db8::/0'],
    ['v=spf1 a/0 -all', 'a/0'],
    ['v=spf1 a:mail.acme.example/24//0 -all', 'a:mail.acme.example/24//0'],
    ['v=spf1 mx/0 -all', 'mx/0'],
    ['v=spf1 a:gone.example/0 a:mail.acme.example//0 -all', null],
    ['v=spf1 -ip4:0.0.0.0/0 ?mx/0 -all', null],
    ['v=spf1 include:open.example -all', '+all'],
    ['v=spf1 redirect=open.example', '+all'],
    ['v=spf1 include:between.example -all', '+all'],
    ['v=spf1 -include:open.example -all', null],
    ['v=spf1 ~include:between.example -all', null],
    ['v=spf1 -all include:open.example', null],
  ])('lets anybody send only where every qualifier on the way is pass: %s', async (live, term) => {
    const mail = {A: ['192.0.2.25']}
    const zone = {
      'acme.example': {...spf(live), ...mail, MX: [{preference: 1, exchange: 'mail.acme.example'}]},
      'mail.acme.example': term?.endsWith('//0') ? {...mail, AAAA: ['2001:db8::25']} : mail,
      'open.example': spf('v=spf1 +all'),
      'between.example': spf('v=spf1 include:open.example -all'),
    }
    const {findings} = await check(null, {zone, expected: null, senders: []})
    const found = findings.filter(({code}) => code === 'SPF_ALL_PASS').map(({message}) => message)
    expect(found).toEqual(term === null ? [] : [expect.stringContaining(`“${term}” in the record of `)])
  })

  it('gets no fix for what the new record would not mend', async () => {
    const live = 'v=spf1 include:_a.theirs.example include:_spf.theirs.example include:_spf.ours.example ~all'
    const {findings} = await check([live])
    expect(short(findings)).toEqual([
      `warning SPF_MISMATCH => ${live.replace('~all', '-all')}`,
      'warning SPF_DUP_INCLUDE',
    ])
  })

  it('is judged by the record it redirects to', async () => {
    const live = ['v=spf1 include:_spf.ours.example redirect=b.example']
    const codes = async (record: string) =>
      short((await check(live, {expected: null, zone: {'b.example': spf(record)}})).findings)
    expect(await codes('v=spf1 -all')).toEqual([])
    expect(await codes('v=spf1 mx')).toEqual(['warning SPF_NO_ALL'])
    expect(await codes('v=spf1 ?all')).toEqual(['warning SPF_ALL_NEUTRAL'])
    expect(await codes('v=spf1 ptr -all')).toEqual(['info SPF_PTR'])
  })

  it('is told of obsolete records', async () => {
    const zone = {'acme.example': {...spf(ours, 'spf2.0/pra ?all'), SPF: [txt('v=spf1 -all')]}}
    const {findings} = await check([], {zone})
    expect(findings.map(({code, type, level}) => [code, type, level])).toEqual([
      ['SPF_SENDERID', 'TXT', 'warning'],
      ['SPF_TYPE99', 'SPF', 'warning'],
    ])
  })

  it('is told when it is long, with its name, and when its neighbours make the answer long', async () => {
    const networks = Array.from({length: 30}, (_, at) => `ip4:203.0.113.${100 + at}`).join(' ')
    const long = await check([`v=spf1 ${networks} include:_spf.ours.example -all`])
    expect(short(long.findings)).toEqual(['warning SPF_OVER_450'])
    expect(long.findings[0]?.message).toBe(
      'The SPF record of acme.example is 589 bytes with its name; keep it under 450.',
    )
    const {findings} = await check([ours, `site=${'x'.repeat(240)}`, `site=${'y'.repeat(240)}`])
    expect(findings.map(({code, message}) => [code, message])).toEqual([
      ['TXT_OVER_512', 'All TXT records of acme.example make an answer of 596 bytes; plain UDP carries 512.'],
    ])
  })

  it('is told how to split what does not fit in one string', async () => {
    const networks = Array.from({length: 15}, (_, at) => `ip4:203.0.113.${100 + at}`).join(' ')
    const {findings} = await check([`v=spf1 ${networks} ~all`])
    const long = findings.find(({code}) => code === 'SPF_LONG_STRING')
    expect(long?.message).toMatch(
      /^The record to publish has 307 bytes, and one TXT string holds 255\. Split it as "v=spf1 .{248}" ".{52}"\.$/,
    )
    expect(findings[0]?.fix?.zone_line).toContain('" "')
  })
})

describe('what is stored', () => {
  it('is neither taken out nor proposed where it is what breaks the record', async () => {
    const {findings, proposal} = await check([theirs, ours], {zone: {'_spf.ours.example': {A: ['192.0.2.1']}}})
    expect(short(findings)).toEqual(['error SPF_MULTIPLE', 'error SPF_IP_NOT_AUTHORISED'])
    expect(messageOf(findings, 'SPF_MULTIPLE')).toContain(
      'Even merged it would not do: “include:_spf.ours.example” in the record of acme.example leads to no SPF record;',
    )
    expect(proposal).toMatchObject({record: merged, added: [], dropped: []})
  })

  it('is not proposed where an alias makes it include itself', async () => {
    const {findings} = await check(['v=spf1 mx ~all'], {zone: {'_spf.ours.example': {CNAME: ['acme.example']}}})
    expect(short(findings)).toEqual(['error SPF_MISMATCH', 'error SPF_IP_NOT_AUTHORISED'])
    expect(messageOf(findings, 'SPF_MISMATCH')).toContain('Even merged it would not do: SPF goes round: ')
  })

  it('is not proposed where it is broken itself', async () => {
    const {findings} = await check([theirs], {expected: 'v=spf1 ip4:192.0.2.300 -all'})
    const fix = 'v=spf1 include:_spf.theirs.example ip4:192.0.2.10 ~all'
    expect(short(findings)).toEqual(['error SPF_STORED_INVALID', `error SPF_IP_NOT_AUTHORISED => ${fix}`])
    expect(findings[0]?.message).toBe(
      'The stored SPF record is wrong at position 12: v=spf1 ip4:➞192.0.2.300 -all. “192.0.2.300” is no IPv4 address.',
    )
  })

  it('gets the sending IPs it does not cover', async () => {
    const {findings} = await check([ours], {senders: ['192.0.2.10', '198.51.100.9', '2001:db8:9::1']})
    const fix = 'v=spf1 include:_spf.ours.example ip4:198.51.100.9 ip6:2001:db8:9::1 -all'
    expect(short(findings)).toEqual([`error SPF_IP_NOT_AUTHORISED => ${fix}`, `error SPF_IP_NOT_AUTHORISED => ${fix}`])
    expect(findings[0]?.message).toBe(
      'Sending IP 198.51.100.9 gets fail. “-all” decides. Add ip4:198.51.100.9 ip6:2001:db8:9::1 before -all.',
    )
  })

  it('may be for a name below the zone', async () => {
    const lookup = zoneLookup(world)
    const expected = ours
    const {findings} = await checkSpf(lookup, {
      domain: 'news.acme.example',
      zone: 'acme.example',
      expected,
      senders: [],
    })
    expect(findings[0]?.fix).toMatchObject({host: 'news', name: 'news.acme.example'})
  })
})

describe('a domain that is an alias', () => {
  const question = {domain: 'news.acme.example', zone: 'acme.example', expected: ours, senders: []}
  const at = async (target: string) => {
    const lookup = zoneLookup({...world, 'news.acme.example': {CNAME: [target]}, [target]: spf(theirs)})
    return (await checkSpf(lookup, question)).findings
  }

  it('has its record changed where the alias leads', async () => {
    const [finding] = await at('mail.acme.example')
    expect(finding?.fix).toMatchObject({name: 'mail.acme.example', host: 'mail', value: merged})
  })

  it('has it changed by whom it belongs to where it leads out of the zone', async () => {
    const [finding] = await at('news.theirs.example')
    expect(finding?.fix).toBeNull()
    expect(finding?.message).toContain(
      'news.acme.example is an alias of news.theirs.example: its SPF record is there, and not in the zone acme.example.',
    )
  })
})

describe('what DNS does not say', () => {
  it('is not known, and nothing is concluded', async () => {
    const report = await check(null, {zone: {'acme.example': 'SERVFAIL'}})
    expect(short(report.findings)).toEqual(['unknown REC_UNKNOWN'])
    expect(report.findings[0]).toMatchObject({
      message: 'TXT at acme.example could not be learned: test: SERVFAIL.',
      live: [{rcode: 'SERVFAIL', records: []}],
    })
    expect([report.senders, report.proposal, report.tree.status]).toEqual([[], null, 'unknown'])
  })

  it('is said once, not again for every IP', async () => {
    const zone: Zone = {'_spf.ours.example': 'timeout'}
    const {findings, senders} = await check([ours], {zone, senders: ['192.0.2.10', '192.0.2.11']})
    expect(findings.map(({code, name}) => [code, name])).toEqual([['SPF_UNKNOWN', '_spf.ours.example']])
    expect(senders.map(({verdict}) => verdict.result)).toEqual(['temperror', 'temperror'])
  })

  it('is said of an IP where only its evaluation meets it', async () => {
    const zone: Zone = {'192.0.2.10.x.example': 'timeout'}
    const {findings} = await check(['v=spf1 exists:%{i}.x.example -all'], {zone, expected: null})
    expect(findings.map(({code, message}) => [code, message])).toEqual([
      [
        'SPF_UNKNOWN',
        'Whether 192.0.2.10 passes is not known: A of 192.0.2.10.x.example could not be learned: test: timeout.',
      ],
    ])
  })

  it('does not come from a missing type 99', async () => {
    const lookup = zoneLookup({...world, 'acme.example': {rows: spf(ours), otherwise: 'NOTIMP'}})
    const {findings} = await checkSpf(lookup, {
      domain: 'acme.example',
      expected: null,
      senders: [],
    })
    expect(findings).toEqual([])
  })
})

it('says once what is wrong with a term that stands in a record many times', async () => {
  const {findings} = await check([`v=spf1 ${'include:none.example '.repeat(300)}-all`], {expected: null})
  expect(findings.filter(({code}) => code === 'SPF_INCLUDE_MISSING')).toHaveLength(1)
})

describe('the kinds of findings', () => {
  it('read as titles, reasons and sources', () => {
    for (const {title, why, references} of Object.values(spfKinds)) {
      expect(title).not.toMatch(/[.:]$/)
      expect(why).toMatch(/^[“A-Z].*\.$/)
      expect(references.length).toBeGreaterThan(0)
    }
  })
})
