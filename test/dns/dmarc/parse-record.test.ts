import {property, string, stringMatching, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {isDmarc, looksLikeDmarc, parseDmarc, whyNotDmarc} from '../../../src/dns/dmarc/parse-record.ts'
import {parseReportUris} from '../../../src/dns/dmarc/report-uri.ts'
import {malformedDmarc, notDmarc} from './malformed.ts'

describe('parseDmarc', () => {
  it('reads every tag', () => {
    const text =
      'v=DMARC1; p=quarantine; sp=reject; np=none; adkim=s; aspf=s; psd=n; t=y; fo=1:d:s; rua=mailto:a@acme.example,mailto:b@acme.example; ruf=mailto:c@acme.example'
    const uri = (text: string) => ({text, domain: 'acme.example', maxBytes: null, problem: null})
    expect(parseDmarc(text)).toEqual({
      text,
      p: 'quarantine',
      sp: 'reject',
      np: 'none',
      adkim: 's',
      aspf: 's',
      psd: 'n',
      testing: true,
      percent: null,
      rua: [uri('mailto:a@acme.example'), uri('mailto:b@acme.example')],
      ruf: [uri('mailto:c@acme.example')],
      problems: [],
    })
  })

  it('takes defaults for what is left out', () => {
    expect(parseDmarc('v=DMARC1;p=reject')).toEqual({
      text: 'v=DMARC1;p=reject',
      p: 'reject',
      sp: null,
      np: null,
      adkim: 'r',
      aspf: 'r',
      psd: 'u',
      testing: false,
      percent: null,
      rua: [],
      ruf: [],
      problems: [],
    })
  })

  it.each(['v = DMARC1 ; p = reject ;', 'v=DMARC1;\tp=Reject', 'v=DMARC1; p=REJECT  '])(
    'reads “%s” as it is meant',
    (text) => {
      expect(isDmarc(text)).toBe(true)
      expect(parseDmarc(text)).toMatchObject({p: 'reject', problems: []})
    },
  )

  it.each(malformedDmarc)('makes p=$p of “$record”', ({record, p, problems}) => {
    expect(isDmarc(record)).toBe(true)
    const read = parseDmarc(record)
    expect(read.p).toBe(p)
    expect(read.problems.map(({code, level, at, reason}) => [code, level, at, reason])).toEqual(problems)
  })

  it('reads any record, and places what is wrong inside it', () => {
    const near = stringMatching(
      /^v=DMARC1; ?(p=(none|reject|x); ?)?((sp|np|adkim|pct|rua|t|zz)=[a-z0-9:@!, ]{0,20};? ?){0,6}$/,
    )
    for (const records of [string({unit: 'binary', maxLength: 300}), near]) {
      sure(
        property(records, (text) => {
          for (const {at} of parseDmarc(text).problems) expect(at ?? 0).toBeLessThanOrEqual(text.length)
        }),
      )
    }
  })

  it('reads 64 KiB of nonsense at once', () => {
    for (const piece of [';', ' ', '=', 'p=', 'p=x;', 'rua=mailto:,', ',', 'mailto:a@b!', '!', '@']) {
      const text = `v=DMARC1; p=none; rua=${piece.repeat(65_000 / piece.length)}`
      expect(parseDmarc(text).problems.length + parseDmarc(text).rua.length).toBeGreaterThan(0)
    }
  })
})

describe('isDmarc', () => {
  it.each(notDmarc)('refuses “%s”', (record, why) => {
    expect([isDmarc(record), looksLikeDmarc(record), whyNotDmarc(record)]).toEqual([false, true, why])
  })

  it.each(['v=spf1 -all', 'p=reject; v=DMARC1', 'dmarc', ''])('takes “%s” for something else', (text) => {
    expect([isDmarc(text), looksLikeDmarc(text)]).toEqual([false, false])
  })
})

describe('parseReportUris', () => {
  it('reads addresses, their domain and the size of RFC 7489', () => {
    expect(
      parseReportUris('mailto:A@Acme.Example , MAILTO:b%2Cc@x.acme.example!10m,mailto:d@acme.example!1024'),
    ).toEqual([
      {text: 'mailto:A@Acme.Example', domain: 'acme.example', maxBytes: null, problem: null},
      {text: 'MAILTO:b%2Cc@x.acme.example!10m', domain: 'x.acme.example', maxBytes: 10_485_760, problem: null},
      {text: 'mailto:d@acme.example!1024', domain: 'acme.example', maxBytes: 1024, problem: null},
    ])
  })

  it.each([
    ['', 'There is nothing between two commas.'],
    ['d@acme.example', '“d@acme.example” does not begin with mailto:. Write mailto:d@acme.example'],
    ['acme', '“acme” does not begin with mailto:.'],
    [
      'https://acme.example/dmarc',
      'Receivers send reports to mailto: only, and “https://acme.example/dmarc” is https:.',
    ],
    ['mailto:acme.example', '“mailto:acme.example” is no mail address.'],
    ['mailto:d@', '“mailto:d@” is no mail address.'],
    ['mailto:@acme.example', '“mailto:@acme.example” is no mail address.'],
    ['mailto:d@localhost', '“mailto:d@localhost” is no mail address.'],
    ['mailto:d@-acme.example', '“mailto:d@-acme.example” is no mail address.'],
    ['mailto:d@acme..example', '“mailto:d@acme..example” is no mail address.'],
    ['mailto:d e@acme.example', '“mailto:d e@acme.example” is no mail address.'],
    [
      'mailto:d@acme.example mailto:e@acme.example',
      '“mailto:d@acme.example mailto:e@acme.example” is no mail address.',
    ],
    ['mailto:d@acme.example!big', '“mailto:d@acme.example!big”: after “!” comes a number of bytes, such as 10m.'],
    ['mailto:d@acme.example!', '“mailto:d@acme.example!”: after “!” comes a number of bytes, such as 10m.'],
    ['mailto:d@acme.example!1m!2m', '“mailto:d@acme.example!1m!2m”: after “!” comes a number of bytes, such as 10m.'],
  ])('says why receivers cannot use “%s”', (text, problem) => {
    expect(parseReportUris(text)).toMatchObject([{text, problem}])
  })
})
