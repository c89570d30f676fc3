import {describe, expect, it} from 'vitest'
import {evaluateSpf} from '../../../src/dns/spf/evaluate.ts'
import type {Sender} from '../../../src/dns/spf/sender.ts'
import {pathText} from '../../../src/dns/spf/verdict.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const sender: Sender = {ip: '192.0.2.10', helo: 'out.mailer.test', mailFrom: 'jane@acme.example'}

/** The domain's record, and whatever else is in DNS. */
async function evaluate(record: string, zone: Zone = {}, who: Partial<Sender> = {}) {
  return evaluateSpf(zoneLookup({'acme.example': {TXT: [txt(record)]}, ...zone}), {...sender, ...who})
}

async function result(record: string, zone: Zone = {}, who: Partial<Sender> = {}) {
  return (await evaluate(record, zone, who)).result
}

const spf = (text: string) => ({TXT: [txt(text)]})

describe('which record counts (RFC 7208 §4.3 to §4.5)', () => {
  it.each<[string, string, Zone, string | null]>([
    ['none', 'no domain', {}, 'acme.example has no SPF record.'],
    [
      'none',
      'other TXT only',
      {'acme.example': {TXT: [txt('v=spf10 -all'), txt('hello')]}},
      'acme.example has no SPF record.',
    ],
    ['none', 'type 99 only', {'acme.example': {SPF: [txt('v=spf1 -all')]}}, 'acme.example has no SPF record.'],
    ['fail', 'one among others', {'acme.example': {TXT: [txt('hello'), txt('V=SPF1 -all')]}}, null],
    [
      'permerror',
      'two',
      {'acme.example': {TXT: [txt('v=spf1 -all'), txt('v=spf1 a')]}},
      'acme.example has 2 SPF records; 1 is allowed.',
    ],
    [
      'temperror',
      'no answer',
      {'acme.example': 'SERVFAIL'},
      'TXT of acme.example could not be learned: test: SERVFAIL.',
    ],
    ['fail', 'behind an alias', {'acme.example': {CNAME: ['b.example']}, 'b.example': spf('v=spf1 -all')}, null],
  ])('is %s with %s', async (outcome, _, zone, reason) => {
    const verdict = await evaluateSpf(zoneLookup(zone), sender)
    expect([verdict.result, verdict.reason]).toEqual([outcome, reason])
  })

  it.each(['host', 'acme..example', `${'a'.repeat(64)}.example`, `${'abcdefg.'.repeat(32)}example`])(
    'is none, and nothing is asked, for %s',
    async (domain) => {
      const lookup = zoneLookup({})
      const verdict = await evaluateSpf(lookup, {...sender, mailFrom: `jane@${domain}`})
      expect(verdict.result).toBe('none')
      expect(lookup.asked).toEqual([])
    },
  )

  it('is that of HELO for a bounce, with postmaster as the sender', async () => {
    const lookup = zoneLookup({
      'out.mailer.test': spf('v=spf1 -all exp=why.mailer.test'),
      'why.mailer.test': spf('%{s} of %{h}'),
    })
    const verdict = await evaluateSpf(lookup, {...sender, mailFrom: ''})
    expect(verdict).toMatchObject({result: 'fail', explanation: 'postmaster@out.mailer.test of out.mailer.test'})
  })

  it('is read with its last dot or without', async () => {
    expect(await result('v=spf1 -all', {}, {mailFrom: 'jane@acme.example.'})).toBe('fail')
  })

  it('refuses to evaluate what is no address', async () => {
    await expect(evaluate('v=spf1 -all', {}, {ip: '192.0.2.300'})).rejects.toThrow(RangeError)
  })
})

describe('what a record says (RFC 7208 §4.6, §4.7)', () => {
  it.each([
    ['v=spf1', 'neutral'],
    ['v=spf1 +all', 'pass'],
    ['v=spf1 all', 'pass'],
    ['v=spf1 -all', 'fail'],
    ['v=spf1 ~all', 'softfail'],
    ['v=spf1 ?all', 'neutral'],
    ['v=spf1 -ip4:192.0.2.10 +all', 'fail'],
    ['v=spf1 ip4:192.0.2.11 ~all', 'softfail'],
    ['v=spf1 ip4:192.0.2.10', 'pass'],
    ['v=spf1 ip4:192.0.2.0/28 -all', 'pass'],
    ['v=spf1 ip4:192.0.2.0/29 -all', 'fail'],
    ['v=spf1 ip6:::ffff:192.0.2.10 -all', 'fail'],
    ['v=spf1 -all a:%', 'permerror'],
    ['v=spf1 -all moo', 'permerror'],
    ['v=spf1 moo=cow -all', 'fail'],
  ])('%s: %s', async (record, outcome) => expect(await result(record)).toBe(outcome))

  it.each([
    ['2001:db8::10', 'v=spf1 ip6:2001:db8::/32 -all', 'pass'],
    ['2001:db9::10', 'v=spf1 ip6:2001:db8::/32 -all', 'fail'],
    ['2001:db8::10', 'v=spf1 ip4:0.0.0.0/0 -all', 'fail'],
    ['::ffff:192.0.2.10', 'v=spf1 ip4:192.0.2.10 -all', 'pass'],
  ])('%s by %s: %s', async (ip, record, outcome) => expect(await result(record, {}, {ip})).toBe(outcome))
})

describe('a, mx and exists (RFC 7208 §5.3, §5.4, §5.7)', () => {
  const zone: Zone = {
    'host.acme.example': {A: ['192.0.2.10', '198.51.100.1'], AAAA: ['2001:db8::10']},
    'near.acme.example': {A: ['192.0.2.20'], AAAA: ['2001:db8::20']},
    'six.acme.example': {AAAA: ['2001:db8::10']},
    'mail.acme.example': {
      MX: [
        {preference: 20, exchange: 'host.acme.example'},
        {preference: 10, exchange: 'gone.acme.example'},
      ],
    },
    'null.acme.example': {MX: [{preference: 0, exchange: ''}]},
    'a:b/c.acme.example': {A: ['192.0.2.10']},
    'alias.acme.example': {CNAME: ['host.acme.example']},
    'dead.acme.example': 'timeout',
    'round.acme.example': 'alias loop',
    '10.2.0.192.list.example': {A: ['127.0.0.2']},
    '0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.list.example': {A: ['127.0.0.2']},
  }

  it.each([
    ['a:host.acme.example', 'pass'],
    ['a:HOST.acme.example.', 'pass'],
    ['a:alias.acme.example', 'pass'],
    ['a:near.acme.example', 'fail'],
    ['a:near.acme.example/24', 'pass'],
    ['a:near.acme.example//64', 'fail'],
    ['a:six.acme.example/0', 'fail'],
    ['a:a:b/c.acme.example', 'pass'],
    ['a:gone.acme.example/0', 'fail'],
    ['a:x..acme.example', 'fail'],
    [`a:${'l'.repeat(64)}.acme.example`, 'fail'],
    ['a:dead.acme.example', 'temperror'],
    ['a:round.acme.example', 'temperror'],
    ['mx:mail.acme.example', 'pass'],
    ['mx:host.acme.example', 'fail'],
    ['mx:null.acme.example', 'fail'],
    ['exists:host.acme.example', 'pass'],
    ['exists:six.acme.example', 'fail'],
    ['exists:%{ir}.list.example', 'pass'],
  ])('%s: %s', async (term, outcome) => expect(await result(`v=spf1 ${term} -all`, zone)).toBe(outcome))

  it.each([
    ['a:host.acme.example', 'pass'],
    ['a:near.acme.example//120', 'pass'],
    ['a:near.acme.example/0', 'fail'],
    ['mx:mail.acme.example', 'pass'],
    ['exists:host.acme.example', 'pass'],
    ['exists:six.acme.example', 'fail'],
    ['exists:%{ir}.list.example', 'pass'],
  ])('%s of an IPv6 sender: %s', async (term, outcome) => {
    expect(await result(`v=spf1 ${term} -all`, zone, {ip: '2001:db8::10'})).toBe(outcome)
  })

  it('asks MX hosts by preference, and stops at the one that matches', async () => {
    const lookup = zoneLookup({...zone, 'acme.example': spf('v=spf1 mx:mail.acme.example -all')})
    await evaluateSpf(lookup, sender)
    expect(lookup.asked.slice(1)).toEqual(['mail.acme.example MX', 'gone.acme.example A', 'host.acme.example A'])
  })

  it('takes the domain itself where none is named', async () => {
    const own = {'acme.example': {...spf('v=spf1 a -all'), A: ['192.0.2.10']}}
    expect((await evaluateSpf(zoneLookup(own), sender)).result).toBe('pass')
  })
})

describe('ptr (RFC 7208 §5.5)', () => {
  const names = (...names: string[]): Zone => ({'10.2.0.192.in-addr.arpa': {PTR: names}})
  const there = {A: ['192.0.2.10']}

  it.each<[string, string, Zone, string]>([
    ['pass', 'a name below', {...names('out.acme.example'), 'out.acme.example': there}, 'ptr'],
    ['pass', 'a name in another case', {...names('OUT.ACME.example'), 'out.acme.example': there}, 'ptr:Acme.Example'],
    ['fail', 'a name that only ends alike', {...names('notacme.example'), 'notacme.example': there}, 'ptr'],
    [
      'fail',
      'a name that leads elsewhere',
      {...names('out.acme.example'), 'out.acme.example': {A: ['192.0.2.11']}},
      'ptr',
    ],
    ['fail', 'a name that gives no answer', {...names('out.acme.example'), 'out.acme.example': 'timeout'}, 'ptr'],
    ['fail', 'no answer', {'10.2.0.192.in-addr.arpa': 'SERVFAIL'}, 'ptr'],
    ['fail', 'no name', {}, 'ptr'],
  ])('is %s with %s', async (outcome, _, zone, term) => expect(await result(`v=spf1 ${term} -all`, zone)).toBe(outcome))

  it('looks at ten names and no more', async () => {
    const many = Array.from({length: 10}, (_, at) => `n${at}.other.example`)
    const zone = {...names(...many, 'out.acme.example'), 'out.acme.example': there}
    expect(await result('v=spf1 ptr -all', zone)).toBe('fail')
  })

  it('reads the name of an IPv6 address nibble by nibble', async () => {
    const zone = {
      '0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa': {PTR: ['out.acme.example']},
      'out.acme.example': {AAAA: ['2001:DB8:0:0::10']},
    }
    expect(await result('v=spf1 ptr -all', zone, {ip: '2001:db8::10'})).toBe('pass')
  })
})

describe('include and redirect (RFC 7208 §5.2, §6.1)', () => {
  it.each([
    ['v=spf1 ip4:192.0.2.10 -all', 'pass'],
    ['v=spf1 -ip4:192.0.2.10 +all', 'softfail'],
    ['v=spf1 ~all', 'softfail'],
    ['v=spf1 ?all', 'softfail'],
    ['v=spf1', 'softfail'],
    ['v=spf1 moo', 'permerror'],
    ['v=spf1 a:dead.example', 'temperror'],
    ['hello', 'permerror'],
  ])('an include of %s: %s', async (included, outcome) => {
    const zone: Zone = {'b.example': spf(included), 'dead.example': 'timeout'}
    expect(await result('v=spf1 include:b.example ~all', zone)).toBe(outcome)
  })

  it('gives the result of the include’s own qualifier', async () => {
    expect(await result('v=spf1 -include:b.example +all', {'b.example': spf('v=spf1 +all')})).toBe('fail')
  })

  it.each([
    ['v=spf1 redirect=b.example', 'fail'],
    ['v=spf1 ?all redirect=b.example', 'neutral'],
    ['v=spf1 redirect=b.example ip4:192.0.2.10', 'pass'],
    ['v=spf1 redirect=none.example', 'permerror'],
    ['v=spf1 redirect=..', 'permerror'],
    ['v=spf1 ip4:192.0.2.11 redirect=%{d1r}.redirect.example', 'softfail'],
  ])('%s: %s', async (record, outcome) => {
    const zone = {'b.example': spf('v=spf1 -all'), 'acme.redirect.example': spf('v=spf1 ~all')}
    expect(await result(record, zone)).toBe(outcome)
  })

  it('means the other domain by a bare mechanism below', async () => {
    const zone = {'b.example': {...spf('v=spf1 a -all'), A: ['192.0.2.10']}}
    expect(await result('v=spf1 redirect=b.example', zone)).toBe('pass')
    expect(await result('v=spf1 include:b.example -all', zone)).toBe('pass')
  })

  it('tells which term decided, through which includes, and all it looked at', async () => {
    const zone = {
      'b.example': spf('v=spf1 ip4:198.51.100.0/24 include:c.example -all'),
      'c.example': spf('v=spf1 ip4:192.0.2.0/24 -all'),
    }
    const verdict = await evaluate('v=spf1 ip4:203.0.113.0/24 include:b.example -all', zone)
    expect(pathText(verdict.path)).toBe('include:b.example -> include:c.example -> ip4:192.0.2.0/24')
    expect(verdict).toEqual({
      result: 'pass',
      path: [verdict.trace[1], verdict.trace[3], verdict.trace[4]],
      reason: null,
      explanation: null,
      lookups: 2,
      voids: 0,
      trace: [
        {depth: 0, domain: 'acme.example', term: 'ip4:203.0.113.0/24', at: 7, outcome: 'no match'},
        {depth: 0, domain: 'acme.example', term: 'include:b.example', at: 26, outcome: 'match'},
        {depth: 1, domain: 'b.example', term: 'ip4:198.51.100.0/24', at: 7, outcome: 'no match'},
        {depth: 1, domain: 'b.example', term: 'include:c.example', at: 27, outcome: 'match'},
        {depth: 2, domain: 'c.example', term: 'ip4:192.0.2.0/24', at: 7, outcome: 'match'},
      ],
    })
  })

  it('tells how far it came when an error ends it', async () => {
    const zone: Zone = {'b.example': spf('v=spf1 a:dead.example -all'), 'dead.example': 'timeout'}
    const verdict = await evaluate('v=spf1 include:b.example -all', zone)
    expect(pathText(verdict.path)).toBe('include:b.example -> a:dead.example')
    expect(verdict.trace.map(({outcome}) => outcome)).toEqual(['undecided', 'undecided'])
    expect(verdict.reason).toBe('A of dead.example could not be learned: test: timeout.')
  })

  it('tells the redirect that decided', async () => {
    const verdict = await evaluate('v=spf1 redirect=b.example', {'b.example': spf('v=spf1 ~all')})
    expect(pathText(verdict.path)).toBe('redirect=b.example -> ~all')
  })
})

describe('limits (RFC 7208 §4.6.4)', () => {
  const here = {A: ['203.0.113.1']}
  const hosts = (count: number) => Array.from({length: count}, (_, at) => `a:h${at}.acme.example`).join(' ')
  const zone = Object.fromEntries(Array.from({length: 12}, (_, at) => [`h${at}.acme.example`, here]))

  it('allows ten terms that ask, and not an eleventh', async () => {
    expect(await evaluate(`v=spf1 ${hosts(10)} -all`, zone)).toMatchObject({result: 'fail', lookups: 10})
    expect(await evaluate(`v=spf1 ${hosts(11)} -all`, zone)).toMatchObject({
      result: 'permerror',
      lookups: 11,
      reason: '“a:h10.acme.example” would be look-up 11; 10 are allowed.',
    })
  })

  it('counts what is below an include and a redirect, and nothing behind the match', async () => {
    const below = {...zone, 'b.example': spf(`v=spf1 ${hosts(9)}`)}
    expect(await result('v=spf1 include:b.example ip4:192.0.2.10 a:h9.acme.example -all', below)).toBe('pass')
    expect(await result('v=spf1 include:b.example a:h9.acme.example -all', below)).toBe('permerror')
    expect(await result('v=spf1 a:h9.acme.example redirect=b.example', below)).toBe('permerror')
  })

  it('counts neither ip4, ip6, all nor exp', async () => {
    const record = `v=spf1 ${hosts(10)} ip4:203.0.113.9 ip6:2001:db8::1 exp=why.example -all`
    expect(await evaluate(record, {...zone, 'why.example': spf('Go away.')})).toMatchObject({
      result: 'fail',
      lookups: 10,
      explanation: 'Go away.',
    })
  })

  it('ends records that include each other', async () => {
    const loop = {'b.example': spf('v=spf1 include:acme.example')}
    expect(await result('v=spf1 include:b.example', loop)).toBe('permerror')
    expect(await result('v=spf1 redirect=acme.example')).toBe('permerror')
  })

  it('allows two questions that find nothing, and not a third', async () => {
    expect(await evaluate('v=spf1 a:x.example exists:y.example -all')).toMatchObject({result: 'fail', voids: 2})
    expect(await evaluate('v=spf1 a:x.example mx:y.example ptr -all')).toMatchObject({
      result: 'permerror',
      voids: 3,
      reason: 'PTR of 10.2.0.192.in-addr.arpa is look-up 3 that finds nothing; 2 are allowed.',
    })
  })

  it('counts the empty hosts of an mx, and no name that cannot be asked for', async () => {
    const mx = (...hosts: string[]) => ({MX: hosts.map((exchange) => ({preference: 1, exchange}))})
    const gone = {'m.example': mx('x.example', 'y.example', 'z.example')}
    expect(await result('v=spf1 mx:m.example -all', gone)).toBe('permerror')
    expect(await result('v=spf1 a:a..example a:b..example a:c..example -all')).toBe('fail')
  })

  it('allows ten MX hosts, and not an eleventh', async () => {
    const mx = (count: number) => ({
      'm.example': {MX: Array.from({length: count}, () => ({preference: 1, exchange: 'h0.acme.example'}))},
    })
    expect(await result('v=spf1 mx:m.example -all', {...zone, ...mx(10)})).toBe('fail')
    expect(await evaluate('v=spf1 mx:m.example -all', {...zone, ...mx(11)})).toMatchObject({
      result: 'permerror',
      reason: 'm.example has 11 MX records; “mx” may look at 10.',
    })
  })
})

describe('macros (RFC 7208 §7)', () => {
  const example: Partial<Sender> = {ip: '192.0.2.3', mailFrom: 'strong-bad@email.example.com', helo: 'mx.test'}

  // The examples of §7.4.
  it.each([
    ['%{s}', 'strong-bad@email.example.com'],
    ['%{o}', 'email.example.com'],
    ['%{d}', 'email.example.com'],
    ['%{d4}', 'email.example.com'],
    ['%{d3}', 'email.example.com'],
    ['%{d2}', 'example.com'],
    ['%{d1}', 'com'],
    ['%{dr}', 'com.example.email'],
    ['%{d2r}', 'example.email'],
    ['%{l}', 'strong-bad'],
    ['%{l-}', 'strong.bad'],
    ['%{lr}', 'strong-bad'],
    ['%{lr-}', 'bad.strong'],
    ['%{l1r-}', 'strong'],
    ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
    ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
    ['%{lr-}.lp.%{ir}.%{v}._spf.%{d2}', 'bad.strong.lp.3.2.0.192.in-addr._spf.example.com'],
    ['%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
    // And more.
    ['%{S}', 'strong-bad%40email.example.com'],
    ['%{h} %{p} %{c} %{r}', 'mx.test unknown 192.0.2.3 in.receiver.test'],
    ['%{t}', '1700000000'],
    ['%%%_%-', '% %20'],
    ['%{d99}', 'email.example.com'],
    ['%{s3r-+.}', 'example.bad@email.strong'],
  ])('%s is %s', async (text, expanded) => {
    const lookup = zoneLookup({
      'email.example.com': spf('v=spf1 -all exp=why.example.com'),
      'why.example.com': spf(text),
    })
    const when = {receiver: 'in.receiver.test', at: new Date(1_700_000_000_000)}
    const verdict = await evaluateSpf(lookup, {...sender, ...example, ...when})
    expect(verdict.explanation).toBe(expanded)
  })

  it('writes an IPv6 address as nibbles, and as people do', async () => {
    const zone = {'why.example': spf('%{ir}.%{v} %{c}')}
    const verdict = await evaluate('v=spf1 -all exp=why.example', zone, {ip: '2001:DB8::CB01'})
    expect(verdict.explanation).toBe(
      '1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6 2001:db8::cb01',
    )
  })

  it('percent-encodes all but the unreserved, byte by byte', async () => {
    const zone = {'why.example': spf('%{L}')}
    const verdict = await evaluate('v=spf1 -all exp=why.example', zone, {mailFrom: "a!'()*~é\ud800@acme.example"})
    expect(verdict.explanation).toBe('a%21%27%28%29%2A~%C3%A9%EF%BF%BD')
  })

  it('prefers the domain itself as the name of the address, then one below it, then any', async () => {
    const there = {A: ['192.0.2.10']}
    const name = async (...names: string[]) => {
      const zone = {
        '10.2.0.192.in-addr.arpa': {PTR: names},
        ...Object.fromEntries(names.map((each) => [each, there])),
        'why.example': spf('%{p}'),
      }
      const record = {...spf('v=spf1 -all exp=why.example'), ...there}
      return (await evaluateSpf(zoneLookup({...zone, 'acme.example': record}), sender)).explanation
    }
    expect(await name('other.example', 'out.acme.example', 'acme.example')).toBe('acme.example')
    expect(await name('other.example', 'out.acme.example')).toBe('out.acme.example')
    expect(await name('other.example')).toBe('other.example')
  })

  it('cuts labels off the left of a name that is too long', async () => {
    const label = 'l'.repeat(60)
    const long = `${label}.%{d}.${label}.${label}.${label}.example`
    const zone = {[`acme.example.${label}.${label}.${label}.example`]: {A: ['127.0.0.2']}}
    expect(await result(`v=spf1 exists:${long} -all`, zone)).toBe('pass')
  })
})

describe('explanations (RFC 7208 §6.2)', () => {
  it.each<[string, Zone[string]]>([
    ['there is no text', {A: ['192.0.2.1']}],
    ['there are two', {TXT: [txt('one'), txt('two')]}],
    ['nobody answers', 'timeout'],
    ['it breaks the grammar', spf('%{x}')],
    ['it is not ASCII', spf('Fort mit dir, Schädling')],
  ])('say nothing where %s', async (_, why) => {
    const verdict = await evaluate('v=spf1 -all exp=why.example', {'why.example': why})
    expect([verdict.result, verdict.explanation]).toEqual(['fail', null])
  })

  it('are for senders that fail only', async () => {
    const zone = {'why.example': spf('Go away.')}
    expect(await evaluate('v=spf1 ~all exp=why.example', zone)).toMatchObject({result: 'softfail', explanation: null})
  })

  it('come from the record that decides: not from an include, but from a redirect', async () => {
    const zone = {
      'b.example': spf('v=spf1 -all exp=b-why.example'),
      'why.example': spf('acme'),
      'b-why.example': spf('b'),
    }
    const said = async (record: string) => (await evaluate(record, zone)).explanation
    expect(await said('v=spf1 include:b.example -all exp=why.example')).toBe('acme')
    expect(await said('v=spf1 include:b.example -all')).toBeNull()
    expect(await said('v=spf1 redirect=b.example exp=why.example')).toBe('b')
  })

  it('cost neither a look-up nor an empty one', async () => {
    const verdict = await evaluate('v=spf1 a:x.example a:y.example -all exp=none.example')
    expect(verdict).toMatchObject({result: 'fail', lookups: 2, voids: 2})
  })
})
