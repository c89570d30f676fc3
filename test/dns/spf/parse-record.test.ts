import {assert as always, array, constantFrom, oneof, property, string} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {isSpfRecord, parseRecord} from '../../../src/dns/spf/parse-record.ts'

describe('isSpfRecord', () => {
  it.each(['v=spf1', 'v=spf1 ', 'V=SPF1 -all', 'v=spf1  a'])('takes “%s”', (text) => {
    expect(isSpfRecord(text)).toBe(true)
  })

  it.each(['v=spf10', 'v=spf1;a', 'v=spf1\ta', ' v=spf1 -all', '"v=spf1 -all"', 'v=spf2', 'spf2.0/mfrom', ''])(
    'refuses “%s”',
    (text) => expect(isSpfRecord(text)).toBe(false),
  )
})

describe('parseRecord', () => {
  it('reads every kind of term, with the byte it begins at', () => {
    const text = 'v=spf1  a:mx.acme.example/24//64 -MX ?ip4:192.0.2.7/8 ip6:2001:db8::/32 ~include:%{d2r-}.x.example'
    expect(parseRecord(`${text} exists:%{I}%% ptr redirect=a.example exp=b.example x.y-z_1=%{s} all `)).toEqual({
      text: `${text} exists:%{I}%% ptr redirect=a.example exp=b.example x.y-z_1=%{s} all `,
      problems: [],
      terms: [
        {
          name: 'a',
          text: 'a:mx.acme.example/24//64',
          at: 8,
          qualifier: '+',
          domain: {text: 'mx.acme.example', parts: ['mx.acme.example']},
          prefix4: 24,
          prefix6: 64,
        },
        {name: 'mx', text: '-MX', at: 33, qualifier: '-', domain: null, prefix4: 32, prefix6: 128},
        {
          name: 'ip4',
          text: '?ip4:192.0.2.7/8',
          at: 37,
          qualifier: '?',
          network: Uint8Array.of(192, 0, 2, 7),
          prefix: 8,
        },
        {
          name: 'ip6',
          text: 'ip6:2001:db8::/32',
          at: 54,
          qualifier: '+',
          network: Uint8Array.of(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
          prefix: 32,
        },
        {
          name: 'include',
          text: '~include:%{d2r-}.x.example',
          at: 72,
          qualifier: '~',
          domain: {
            text: '%{d2r-}.x.example',
            parts: [{letter: 'd', encoded: false, keep: 2, reversed: true, delimiters: '-'}, '.x.example'],
          },
        },
        {
          name: 'exists',
          text: 'exists:%{I}%%',
          at: 99,
          qualifier: '+',
          domain: {
            text: '%{I}%%',
            parts: [{letter: 'i', encoded: true, keep: null, reversed: false, delimiters: '.'}, '%'],
          },
        },
        {name: 'ptr', text: 'ptr', at: 113, qualifier: '+', domain: null},
        {name: 'redirect', text: 'redirect=a.example', at: 117, domain: {text: 'a.example', parts: ['a.example']}},
        {name: 'exp', text: 'exp=b.example', at: 136, domain: {text: 'b.example', parts: ['b.example']}},
        {name: 'unknown', text: 'x.y-z_1=%{s}', at: 150, modifier: 'x.y-z_1'},
        {name: 'all', text: 'all', at: 163, qualifier: '+'},
      ],
    })
  })

  it.each([
    'a:foo:bar/baz.acme.example',
    'a:acme.xn--p1ai',
    'a:acme.1-1',
    'a:acme.example.',
    'a:%{h}',
    'a:a%-b%_c%%.example',
    'a/0//0',
    'mx//128',
    'ip4:0.0.0.0/0',
    'ip6:::/0',
    'ip6:::ffff:192.0.2.1',
    'ip6:2001:DB8::1/128',
    'exists:%{l1r+-}.x.example',
    'ptr:acme.example',
    'redirect=%{d}',
    'moo=',
    'moo=a:b/c',
  ])('takes %s', (term) => {
    expect(parseRecord(`v=spf1 ${term}`).problems).toEqual([])
  })

  it.each([
    // term, where in it, why, what was meant
    ['moo', 0, '“moo” is no mechanism of SPF.', null],
    ['constructor', 0, '“constructor” is no mechanism of SPF.', null],
    ['__proto__:x', 0, '“__proto__:x” is no mechanism of SPF.', null],
    ['=all', 0, '“=all” is no mechanism of SPF.', null],
    ['1up=foo', 0, '“1up=foo” is no mechanism of SPF.', null],
    ['++all', 0, '“++all” is no mechanism of SPF.', null],
    ['-all;', 0, '“-all;” is no mechanism of SPF.', '-all'],
    ['~all.', 0, '“~all.” is no mechanism of SPF.', '~all'],
    ['mx,', 0, '“mx,” is no mechanism of SPF.', 'mx'],
    ['-all:x', 4, '“all” takes nothing after it.', null],
    ['all/8', 3, '“all” takes nothing after it.', null],
    ['192.0.2.1', 0, '“192.0.2.1” is no mechanism of SPF.', 'ip4:192.0.2.1'],
    ['-192.0.2.0/24', 0, '“-192.0.2.0/24” is no mechanism of SPF.', '-ip4:192.0.2.0/24'],
    ['2001:db8::1', 0, '“2001:db8::1” is no mechanism of SPF.', 'ip6:2001:db8::1'],
    ['ipv4:192.0.2.1', 0, '“ipv4:192.0.2.1” is no mechanism of SPF.', 'ip4:192.0.2.1'],
    ['ip:192.0.2.1/33', 0, '“ip:192.0.2.1/33” is no mechanism of SPF.', null],
    ['redirect:x.example', 0, '“redirect:x.example” is no mechanism of SPF.', 'redirect=x.example'],
    ['redirect:', 0, '“redirect:” is no mechanism of SPF.', null],
    ['a:192.0.2.1', 2, '“192.0.2.1” is an IP address, and a domain name is wanted.', 'ip4:192.0.2.1'],
    ['a:host', 2, '“host” is not a full domain name.', null],
    ['a:museum.', 2, '“museum.” is not a full domain name.', null],
    ['a:.', 2, '“.” is not a full domain name.', null],
    ['a:', 2, 'A domain name is missing here.', null],
    ['a:x.-com', 4, '“-com” cannot end a domain name.', null],
    ['a:x.com-', 4, '“com-” cannot end a domain name.', null],
    ['a:x.123', 4, '“123” cannot end a domain name.', null],
    ['a:acme.example:8080', 7, '“example:8080” cannot end a domain name.', null],
    ['a:%{d}x', 2, '“%{d}x” is not a full domain name.', null],
    ['include', 7, 'A colon and a domain name are missing here.', null],
    ['include/24', 7, '“/24” may not stand here.', null],
    ['include:x.example/24', 10, '“example/24” cannot end a domain name.', null],
    ['include:x.example~all', 10, '“example~all” cannot end a domain name.', 'include:x.example ~all'],
    ['exists', 6, 'A colon and a domain name are missing here.', null],
    ['ptr/24', 3, '“/24” may not stand here.', null],
    ['a/33', 1, '“/33” is no length of a network: it goes from /0 to /32.', null],
    ['a/024', 1, '“/024” is no length of a network: it goes from /0 to /32.', null],
    ['a//129', 1, '“/129” is no length of a network: it goes from /0 to /128.', null],
    ['a/24/64', 4, 'The length for IPv6 stands after two slashes.', 'a/24//64'],
    ['mx/', 2, '“/” may not stand here.', null],
    ['ip4', 3, 'A colon and an address are missing here.', null],
    ['ip4:192.0.2', 4, '“192.0.2” is no IPv4 address.', null],
    ['ip4:192.0.2.01', 4, '“192.0.2.01” is no IPv4 address.', null],
    ['ip4:192.0.2.1:25', 4, '“192.0.2.1:25” is no IPv4 address.', null],
    ['ip4:192.0.2.1//32', 13, '“//32” is no length of a network: it goes from /0 to /32.', null],
    ['ip4:192.0.2.1/', 13, '“/” is no length of a network: it goes from /0 to /32.', null],
    ['ip4:2001:db8::/32', 4, '“2001:db8::” is no IPv4 address.', 'ip6:2001:db8::/32'],
    ['ip6:192.0.2.0/24', 4, '“192.0.2.0” is no IPv6 address.', 'ip4:192.0.2.0/24'],
    ['ip6:fe80::1%eth0', 4, '“fe80::1%eth0” is no IPv6 address.', null],
    ['a:%x.example', 2, 'A “%” must begin a macro such as %{i}; a percent sign is written %%.', null],
    ['a:x%', 3, 'A “%” must begin a macro such as %{i}; a percent sign is written %%.', null],
    ['a:%{d', 2, 'A “%” must begin a macro such as %{i}; a percent sign is written %%.', null],
    ['a:%{d;}.example', 2, 'A “%” must begin a macro such as %{i}; a percent sign is written %%.', null],
    ['a:%{a}.example', 2, 'There is no macro “%{a}”.', null],
    ['a:%{d0}.example', 2, 'The macro “%{d0}” must keep 1 part of its value or more.', null],
    ['exp=%{r}.example', 4, 'The macro “%{r}” may stand in the text of an explanation only.', null],
    ['exp=', 4, 'A domain name is missing here.', null],
    ['redirect=-all', 9, '“-all” is not a full domain name.', null],
    ['moo=%', 4, 'A “%” must begin a macro such as %{i}; a percent sign is written %%.', null],
    ['a:x\u0000.example', 3, 'The byte 0x00 may not stand in SPF: plain ASCII and spaces only.', null],
    ['mx\tptr', 2, 'The byte 0x09 may not stand in SPF: plain ASCII and spaces only.', 'mx ptr'],
    ['mx\u00c2\u00a0ptr', 2, 'The byte 0xc2 may not stand in SPF: plain ASCII and spaces only.', 'mx ptr'],
    ['mx\tmoo', 2, 'The byte 0x09 may not stand in SPF: plain ASCII and spaces only.', null],
    ['\u00e4:x', 0, 'The byte 0xe4 may not stand in SPF: plain ASCII and spaces only.', null],
  ])('finds the mistake in %s', (term, offset, reason, instead) => {
    const {problems} = parseRecord(`v=spf1 ${term} -all`)
    expect(problems).toMatchObject([{at: 7 + offset, term, reason, instead}])
  })

  it('finds every mistake, and the terms between them', () => {
    const {terms, problems} = parseRecord('v=spf1 moo a cow:x -all')
    expect(terms.map(({text, at}) => [text, at])).toEqual([
      ['a', 11],
      ['-all', 19],
    ])
    expect(problems.map(({term, at}) => [term, at])).toEqual([
      ['moo', 7],
      ['cow:x', 13],
    ])
  })

  it.each(['redirect', 'exp'])('lets %s stand once', (name) => {
    const {problems} = parseRecord(`v=spf1 ${name}=a.example ${name.toUpperCase()}=b.example`)
    expect(problems).toMatchObject([{reason: `“${name}” stands twice in the record.`}])
  })

  it('says when the text is no SPF record at all', () => {
    expect(parseRecord('v=spf10 a').problems).toMatchObject([
      {at: 0, term: 'v=spf10', reason: 'A record begins with “v=spf1” and a space.'},
    ])
    expect(parseRecord('').problems).toMatchObject([{at: 0, term: ''}])
  })

  it('draws the place, one column for each byte', () => {
    const [near, byte, cow] = parseRecord(
      `v=spf1 moo \u00ff ${'ip4:192.0.2.1 '.repeat(9)}cow ${'a '.repeat(40)}`,
    ).problems
    expect(near).toMatchObject({line: 'v=spf1 moo \ufffd ip4:192.0.2.1 ip4:192.0.2.1 ip…', marker: '       ^'})
    expect(byte).toMatchObject({marker: '           ^', term: '\u00ff'})
    expect(cow).toMatchObject({
      line: '…2.0.2.1 ip4:192.0.2.1 ip4:192.0.2.1 cow a a a a a a a a a a a a a a a a …',
      marker: `${' '.repeat(37)}^`,
    })
  })
})

describe('whatever a record says', () => {
  const piece = constantFrom(
    'v=spf1',
    ' ',
    'a',
    'mx',
    'ip4:',
    'ip6:',
    'include:',
    'redirect=',
    'exp=',
    ':',
    '/',
    '%',
    '%{',
    '}',
    'd',
    '1',
    '0',
    'r',
    '.',
    '-',
    '~all',
    'x.example',
    '::',
    '=',
    '\u0000',
    '\u00ff',
  )
  const record = oneof(
    array(piece, {maxLength: 40}).map((pieces) => `v=spf1 ${pieces.join('')}`),
    string(),
  )

  const firstWord = (text: string) => /^[^ ]*/.exec(text)?.[0] ?? ''

  it('is read whole: each word is a term or a problem, at its place', () => {
    always(
      property(record, (text) => {
        const {terms, problems} = parseRecord(text)
        expect(terms.map(({at, text: written}) => text.slice(at, at + written.length))).toEqual(
          terms.map((term) => term.text),
        )
        expect(problems.filter(({at, line, marker}) => at > text.length || marker.length > line.length + 1)).toEqual([])
        const words = text
          .slice(isSpfRecord(text) ? 6 : firstWord(text).length)
          .split(' ')
          .filter((word) => word !== '')
        const read = [...terms.map((term) => term.text), ...problems.map(({term}) => term)]
        if (isSpfRecord(text)) expect(read.sort()).toEqual(words.sort())
        else expect(read).toHaveLength(words.length + 1)
      }),
      {numRuns: 2000},
    )
  })

  it('is never mended into something that breaks the grammar', () => {
    always(
      property(record, (text) => {
        const mended = parseRecord(text).problems.flatMap(({instead}) => instead ?? [])
        expect(mended.flatMap((term) => parseRecord(`v=spf1 ${term}`).problems)).toEqual([])
      }),
      {numRuns: 2000},
    )
  })

  it.each([
    ['slashes', `a${'/1'.repeat(30_000)}x`],
    ['digits', `a/${'1'.repeat(60_000)}x`],
    ['letters without end', `a:x.${'a'.repeat(60_000)}!`],
    ['punctuation', `${';'.repeat(60_000)}x`],
    ['macros', `exists:${'%{d}'.repeat(15_000)}`],
    ['half macros', `exists:${'%{d'.repeat(20_000)}`],
    ['delimiters', `exists:%{d${'.'.repeat(60_000)}`],
    ['colons', `ip6:${':'.repeat(60_000)}`],
    ['signs', '-'.repeat(60_000)],
    ['terms', 'a '.repeat(30_000)],
    ['mistakes', 'x '.repeat(30_000)],
    ['redirects', 'redirect=a.example '.repeat(3_000)],
  ])('is read to its end, though it be 60 kB of %s', (_, body) => {
    const {terms, problems} = parseRecord(`v=spf1 ${body}`)
    expect(terms.length + problems.length).toBe(body.split(' ').filter((word) => word !== '').length)
  })
})
