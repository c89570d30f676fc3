import {describe, expect, it} from 'vitest'
import {liveRecords} from '../../../src/dns/spf/published.ts'
import {surveySpf} from '../../../src/dns/spf/survey.ts'
import {type SpfTree, spfTree} from '../../../src/dns/spf/tree.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const spf = (...texts: string[]) => ({TXT: texts.map(txt)})
const none = {ipv4: 0, ipv6: 0}

async function walk(zone: Zone, domain = 'acme.example') {
  const lookup = zoneLookup(zone)
  const tree = spfTree(await surveySpf(lookup, liveRecords(lookup), domain))
  return {tree, asked: lookup.asked}
}

/** The tree as lines: each term with its look-ups, and what is below it indented. */
function drawn({terms}: SpfTree, indent = ''): string[] {
  return terms.flatMap(({text, lookups, ignored, duplicate, below}) => {
    const notes = [ignored && 'ignored', duplicate && 'duplicate', below?.status].filter(Boolean)
    const line = [`${indent}${text} ${lookups}`, ...notes].join(' ')
    return [line, ...(below ? drawn(below, `${indent}  `) : [])]
  })
}

describe('spfTree', () => {
  it('is the record with all that is below it, and what each term costs', async () => {
    const {tree} = await walk({
      'acme.example': spf('v=spf1 a mx ip4:192.0.2.1 include:b.example -all'),
      'b.example': spf('v=spf1 a:gone.example exists:%{i}.x.example ptr redirect=c.example'),
      'c.example': spf('v=spf1 ip4:192.0.2.2 ~all'),
    })
    expect(drawn(tree)).toEqual([
      'a 1',
      'mx 1',
      'ip4:192.0.2.1 0',
      'include:b.example 5 ok',
      '  a:gone.example 1',
      '  exists:%{i}.x.example 1',
      '  ptr 1',
      '  redirect=c.example 1 ok',
      '    ip4:192.0.2.2 0',
      '    ~all 0',
      '-all 0',
    ])
    expect([tree.lookups, tree.voids]).toEqual([7, {ipv4: 3, ipv6: 3}])
  })

  it('is plain data, the same after a trip through JSON', async () => {
    const {tree} = await walk({
      'acme.example': spf('v=spf1 ip4:192.0.2.1 include:b.example -all'),
      'b.example': spf('v=spf1 moo'),
    })
    const term = {ignored: false, duplicate: false, lookups: 0, voids: none, mx_hosts: null, unknown: null, below: null}
    expect(JSON.parse(JSON.stringify(tree))).toEqual(tree)
    expect(tree).toEqual({
      domain: 'acme.example',
      status: 'ok',
      records: ['v=spf1 ip4:192.0.2.1 include:b.example -all'],
      problems: [],
      all: '-',
      terms: [
        {...term, text: 'ip4:192.0.2.1', at: 7, name: 'ip4', qualifier: '+'},
        {
          ...term,
          text: 'include:b.example',
          at: 21,
          name: 'include',
          qualifier: '+',
          lookups: 1,
          below: {
            domain: 'b.example',
            status: 'syntax',
            records: ['v=spf1 moo'],
            problems: [
              {
                at: 7,
                term: 'moo',
                reason: '“moo” is no mechanism of SPF.',
                instead: null,
                line: 'v=spf1 moo',
                marker: '       ^',
              },
            ],
            all: null,
            terms: [],
            lookups: 0,
            voids: none,
            chain: null,
            reason: null,
          },
        },
        {...term, text: '-all', at: 39, name: 'all', qualifier: '-'},
      ],
      lookups: 1,
      voids: none,
      chain: null,
      reason: null,
    })
  })

  it.each<[SpfTree['status'], Zone]>([
    ['ok', {'b.example': spf('v=spf1')}],
    ['missing', {}],
    ['missing', {'b.example': spf('hello')}],
    ['multiple', {'b.example': spf('v=spf1 a', 'v=spf1 mx')}],
    ['syntax', {'b.example': spf('v=spf1 moo')}],
    ['unknown', {'b.example': 'REFUSED'}],
  ])('says that a record below is %s', async (status, zone) => {
    const {tree} = await walk({'acme.example': spf('v=spf1 include:b.example -all'), ...zone})
    expect(tree.terms[0]?.below).toMatchObject({domain: 'b.example', status})
  })

  it('says the same of the record itself', async () => {
    expect((await walk({})).tree).toMatchObject({status: 'missing', records: []})
    expect((await walk({'acme.example': 'timeout'})).tree).toMatchObject({status: 'unknown', reason: 'test: timeout'})
    expect((await walk({'acme.example': spf('v=spf1 a', 'v=spf1 b')})).tree).toMatchObject({
      status: 'multiple',
      records: ['v=spf1 a', 'v=spf1 b'],
    })
  })

  it('shows a loop as the way round it, whatever the case of the names', async () => {
    const {tree} = await walk({
      'acme.example': spf('v=spf1 include:B.example -all'),
      'b.example': spf('v=spf1 redirect=Acme.Example.'),
    })
    expect(drawn(tree)).toEqual(['include:B.example 2 ok', '  redirect=Acme.Example. 1 loop', '-all 0'])
    expect(tree.terms[0]?.below?.terms[0]?.below?.chain).toEqual(['acme.example', 'b.example', 'acme.example'])
  })

  it('counts a record each time it is reached, and shows it once', async () => {
    const {tree} = await walk({
      'acme.example': spf('v=spf1 include:b.example include:c.example include:b.example -all'),
      'b.example': spf('v=spf1 include:d.example -all'),
      'c.example': spf('v=spf1 include:d.example -all'),
      'd.example': spf('v=spf1 a -all'),
    })
    expect(drawn(tree)).toEqual([
      'include:b.example 3 ok',
      '  include:d.example 2 ok',
      '    a 1',
      '    -all 0',
      '  -all 0',
      'include:c.example 3 ok',
      '  include:d.example 2 repeated',
      '  -all 0',
      'include:b.example 3 duplicate repeated',
      '-all 0',
    ])
  })

  it('follows macros that are the same for every message, and no others', async () => {
    const {tree, asked} = await walk({
      'acme.example': spf('v=spf1 include:%{d1r}.%{o}.b.example include:%{i}.c.example exists:%{l}.d.example ~all'),
      'acme.acme.example.b.example': spf('v=spf1 include:%{o}.e.example -all'),
      'acme.example.e.example': spf('v=spf1 -all'),
    })
    expect(drawn(tree)).toEqual([
      'include:%{d1r}.%{o}.b.example 2 ok',
      '  include:%{o}.e.example 1 ok',
      '    -all 0',
      '  -all 0',
      'include:%{i}.c.example 1 dynamic',
      'exists:%{l}.d.example 1',
      '~all 0',
    ])
    expect(asked).toEqual(['acme.example TXT', 'acme.acme.example.b.example TXT', 'acme.example.e.example TXT'])
  })

  it('neither counts nor asks for what all leaves without effect', async () => {
    const {tree, asked} = await walk({'acme.example': spf('v=spf1 -all a include:b.example redirect=c.example')})
    expect(drawn(tree)).toEqual([
      '-all 0',
      'a 0 ignored',
      'include:b.example 0 ignored',
      'redirect=c.example 0 ignored',
    ])
    expect([tree.lookups, asked]).toEqual([0, ['acme.example TXT']])
  })

  it('counts what finds nothing for IPv4 and for IPv6 senders', async () => {
    const four = {A: ['192.0.2.1']}
    const mx = (...hosts: string[]) => ({MX: hosts.map((exchange) => ({preference: 1, exchange}))})
    const {tree} = await walk({
      'acme.example': {
        ...spf('v=spf1 a mx a:four.example exists:four.example exists:gone.example mx:none.example'),
        ...mx('four.example', 'gone.example'),
      },
      'four.example': four,
    })
    expect(tree.terms.map(({text, voids}) => [text, voids])).toEqual([
      ['a', {ipv4: 1, ipv6: 1}],
      ['mx', {ipv4: 1, ipv6: 2}],
      ['a:four.example', {ipv4: 0, ipv6: 1}],
      ['exists:four.example', none],
      ['exists:gone.example', {ipv4: 1, ipv6: 1}],
      ['mx:none.example', {ipv4: 1, ipv6: 1}],
    ])
    expect(tree.voids).toEqual({ipv4: 4, ipv6: 6})
  })

  it('tells how many MX hosts there are, and which hosts could not be learned', async () => {
    const many = Array.from({length: 11}, (_, at) => ({preference: at, exchange: `m${at}.example`}))
    const {tree, asked} = await walk({
      'acme.example': {...spf('v=spf1 mx mx:dead.example a:dead.example mx:..'), MX: many},
      'dead.example': 'SERVFAIL',
    })
    expect(tree.terms.map(({mx_hosts, unknown}) => [mx_hosts, unknown])).toEqual([
      [11, null],
      [null, 'test: SERVFAIL'],
      [null, 'test: SERVFAIL'],
    ])
    expect(asked).not.toContain('m0.example A')
  })

  it('asks each thing once', async () => {
    const {asked} = await walk({
      'acme.example': spf('v=spf1 a A a:acme.example a:ACME.example/24 include:b.example include:B.example -all'),
      'b.example': spf('v=spf1 a:acme.example -all'),
    })
    expect(asked).toEqual(['acme.example TXT', 'acme.example A', 'acme.example AAAA', 'b.example TXT'])
  })
})

describe('a tree that is meant to hurt', () => {
  it('is given up after forty records, with the rest unexplored', async () => {
    const chain = Array.from({length: 100}, (_, at) => [`n${at}.example`, spf(`v=spf1 include:n${at + 1}.example`)])
    const {tree, asked} = await walk(Object.fromEntries(chain), 'n0.example')
    expect(asked).toHaveLength(40)
    expect(drawn(tree)).toHaveLength(40)
    expect(drawn(tree).at(-1)).toBe(`${' '.repeat(78)}include:n40.example 1 unexplored`)
  })

  it('does not double with every level', async () => {
    const double = Array.from({length: 39}, (_, at) => [
      `n${at}.example`,
      spf(`v=spf1 include:n${at + 1}.example include:n${at + 1}.example`),
    ])
    const {tree, asked} = await walk({...Object.fromEntries(double), 'n39.example': spf('v=spf1 -all')}, 'n0.example')
    expect(asked).toHaveLength(40)
    expect(tree.lookups).toBe(2 ** 40 - 2)
    expect(drawn(tree)).toHaveLength(39 * 2 + 1)
  })

  it('asks for forty hosts at most, however many are named', async () => {
    const hosts = Array.from({length: 1000}, (_, at) => `a:h${at}.example`).join(' ')
    const {tree, asked} = await walk({'acme.example': spf(`v=spf1 ${hosts} -all`)})
    expect(asked).toHaveLength(1 + 40 * 2)
    expect([tree.lookups, tree.terms.length, tree.all]).toEqual([1000, 200, '-'])
  })

  it('shows twenty mistakes of a record at most', async () => {
    const {tree} = await walk({'acme.example': spf(`v=spf1 ${'x '.repeat(1000)}`)})
    expect([tree.status, tree.problems.length]).toEqual(['syntax', 20])
  })
})
