import {generateKeyPairSync} from 'node:crypto'
import {property, string, stringMatching, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {looksLikeDkim, parseDkim} from '../../../src/dns/dkim/parse-record.ts'
import {ed25519, rsa512, rsa2048, rsa2048Pkcs1, rsa5120} from './keys.ts'
import {malformedDkim} from './malformed.ts'

describe('parseDkim', () => {
  it('reads every tag', () => {
    const text = `v=DKIM1; k=rsa; h=sha1:sha256; s=email:*; t=y:s; n=a note; x=later; p=${rsa2048};`
    expect(parseDkim(text)).toEqual({
      text,
      keyType: 'rsa',
      hashes: ['sha1', 'sha256'],
      services: ['email', '*'],
      flags: ['y', 's'],
      base64: rsa2048,
      key: {
        type: 'rsa',
        bits: 2048,
        der: Buffer.from(rsa2048, 'base64'),
      },
      problems: [],
    })
  })

  it('takes p= alone: all else has a default', () => {
    expect(parseDkim(`p=${rsa2048}`)).toMatchObject({
      keyType: 'rsa',
      hashes: null,
      services: ['*'],
      flags: [],
      problems: [],
    })
  })

  it.each([
    ['white space around everything', `v = DKIM1 ;\tk =\r\n rsa; p = ${rsa2048} `],
    [
      'white space inside the key',
      `v=DKIM1; p=${rsa2048.slice(0, 100)} ${rsa2048.slice(100, 200)}\r\n\t${rsa2048.slice(200)}`,
    ],
    ['no padding at its end', `v=DKIM1; p=${rsa2048.replace(/=+$/, '')}`],
    ['PKCS #1', `v=DKIM1; p=${rsa2048Pkcs1}`],
    ['k in upper case', `v=DKIM1; k=RSA; p=${rsa2048}`],
  ])('reads the same key with %s', (_, text) => {
    const {key, problems} = parseDkim(text)
    expect(problems).toEqual([])
    expect(key).toEqual(parseDkim(`p=${rsa2048}`).key)
  })

  it.each([
    ['rsa', 512, `p=${rsa512}`],
    ['rsa', 5120, `p=${rsa5120}`],
    ['ed25519', 256, `k=ed25519; p=${ed25519}`],
  ])('tells an %s key of %d bits', (type, bits, text) => {
    expect(parseDkim(text)).toMatchObject({key: {type, bits}, problems: []})
  })

  it.each(malformedDkim)('tells what is wrong with $what', ({record, problems}) => {
    expect(parseDkim(record).problems.map(({code, at, reason}) => [code, at, reason])).toEqual(problems)
  })

  it.each(['pkcs1', 'pkcs8'] as const)('knows a private key, in %s', (type) => {
    const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 1024})
    const p = privateKey.export({type, format: 'der'}).toString('base64')
    expect(parseDkim(`v=DKIM1; p=${p}`)).toMatchObject({
      key: null,
      problems: [{code: 'DKIM_PRIVATE_KEY', at: 11, reason: 'p= is no key: it is a private key.'}],
    })
  })

  it('gives a key or says why there is none, whatever the record', () => {
    const near = stringMatching(/^v=DKIM1; ?([khst]=[a-z0-9:*]{0,8};){0,4} ?p=(MII|AAAA)?[A-Za-z0-9+/= "-]{0,90};?$/)
    for (const records of [string({maxLength: 300}), string({unit: 'binary'}), near]) {
      sure(
        property(records, (text) => {
          const {key, problems} = parseDkim(text)
          if (key === null) expect(problems).not.toEqual([])
          expect(problems.every(({at}) => (at ?? 0) <= text.length)).toBe(true)
        }),
      )
    }
  })

  it('reads 64 KiB of nonsense at once', () => {
    const size = 65_535
    const texts = [';', ' ', '=', 'p=', 'v=DKIM1;', 'p=AAAA;', '\t;=', 'h=:;', 'a=b;'].map((piece) =>
      piece.repeat(size / piece.length),
    )
    for (const text of texts) expect(parseDkim(text).problems).not.toEqual([])
  })
})

describe('looksLikeDkim', () => {
  it.each(['v=DKIM1', ' v = dkim1; p=', 'k=rsa; p=AAAA', 'p='])('takes “%s” for a key', (text) =>
    expect(looksLikeDkim(text)).toBe(true),
  )
  it.each(['v=spf1 -all', 'google-site-verification=abc', 'v=DMARC1', ''])('does not take “%s” for one', (text) =>
    expect(looksLikeDkim(text)).toBe(false),
  )
})
