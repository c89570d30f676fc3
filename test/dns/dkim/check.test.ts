import {array, asyncProperty, string, stringMatching, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {checkDkim, type DkimTarget} from '../../../src/dns/dkim/check.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'
import {ed25519, otherRsa2048, rsa512, rsa1024, rsa2048, rsa5120} from './keys.ts'

const name = 'pm1._domainkey.acme.example'
const target: DkimTarget = {domain: 'acme.example', selector: 'pm1', stored: rsa2048}
const right = `v=DKIM1; k=rsa; p=${rsa2048}`
const rotate = 'pm domain dkim rotate acme.example'

async function check(zone: Zone, changed: Partial<DkimTarget> = {}) {
  return checkDkim(zoneLookup(zone), {...target, ...changed})
}

/** What is found where these records are published. */
async function found(records: readonly string[], changed: Partial<DkimTarget> = {}) {
  const {findings} = await check({[name]: {TXT: records.map(txt)}}, changed)
  return findings.map(({code, level, message}) => [code, level, message])
}

describe('checkDkim', () => {
  it('finds nothing wrong with the stored key, however it is written', async () => {
    for (const record of [right, `p=${rsa2048}`, `v=DKIM1;p=${rsa2048.slice(0, 200)} ${rsa2048.slice(200)};`]) {
      const {findings, facts} = await check({[name]: {TXT: [txt(record)]}})
      expect(findings).toEqual([])
      expect(facts).toMatchObject({selector: 'pm1', name, targets: [], matches: true, key: {type: 'rsa', bits: 2048}})
    }
  })

  it('says that the key is missing, with the evidence and the record to publish', async () => {
    const {findings, facts} = await check({}, {zone: 'example', ttl: 600})
    expect(findings).toEqual([
      {
        code: 'DKIM_MISSING',
        level: 'error',
        subject: 'DKIM pm1',
        name,
        type: 'TXT',
        message: `${name} has no TXT record (NXDOMAIN). Publish the key there.`,
        expected: right,
        live: [expect.objectContaining({server: '192.0.2.53', rcode: 'NXDOMAIN', records: []})],
        cause_of: [],
        fix: {
          host: 'pm1._domainkey.acme',
          name,
          type: 'TXT',
          value: right,
          ttl: 600,
          zone_line: `${name}. 600 IN TXT "${right.slice(0, 255)}" "${right.slice(255)}"`,
          command: null,
        },
        retry_after_s: null,
        references: ['RFC 6376 §3.6.2.1'],
      },
    ])
    expect(facts).toMatchObject({matches: false, key: null, records: []})
  })

  it('never takes a failure for a missing key', async () => {
    const {findings, facts} = await check({[name]: 'SERVFAIL'})
    expect(findings).toMatchObject([
      {
        code: 'REC_UNKNOWN',
        level: 'unknown',
        fix: null,
        message: `TXT at ${name} could not be learned: test: SERVFAIL.`,
      },
    ])
    expect(facts.matches).toBeNull()
  })

  it('takes a record that is no key for what a wildcard gives', async () => {
    expect(await found(['v=spf1 -all'])).toEqual([
      [
        'DKIM_MISSING',
        'error',
        'The TXT record there is no DKIM key: “v=spf1 -all”. If it was not put there by hand, a wildcard record of the zone answers for the missing key.',
      ],
    ])
  })

  it('tells another key from the stored one by their fingerprints', async () => {
    expect(await found([`v=DKIM1; p=${otherRsa2048}`])).toEqual([
      [
        'DKIM_KEY_MISMATCH',
        'error',
        expect.stringMatching(
          /^The published key sha256:[0-9a-f]{16} is not the stored key sha256:[0-9a-f]{16}: signatures of this selector fail\.$/,
        ),
      ],
    ])
  })

  it.each([
    [right.slice(0, 255), 177, 'the panel cut the record at 255 characters'],
    [right.slice(0, 254), 177, 'the record ends after 254 characters'],
    [right.slice(0, 250), 174, 'the record ends after 250 characters'],
  ])('tells how much is left of a key that was cut off', async (record, bytes, where) => {
    expect(await found([record])).toEqual([
      [
        'DKIM_KEY_TRUNCATED',
        'error',
        `The published key is the first ${bytes} of 294 bytes of the stored key: ${where}. Publish it as strings of at most 255 characters in one record.`,
      ],
    ])
  })

  it('says that a key is revoked, and offers the stored one', async () => {
    const {findings} = await check({[name]: {TXT: [txt('v=DKIM1; p=')]}})
    expect(findings).toMatchObject([
      {code: 'DKIM_REVOKED', message: 'At character 12: p= is empty: the key is revoked.', fix: {value: right}},
    ])
  })

  it.each([
    [
      'the halves of one key',
      [right.slice(0, 255), right.slice(255)],
      'They are the two halves of one key: make them two strings of one record.',
    ],
    [
      'them the other way around',
      [right.slice(255), right.slice(0, 255)],
      'They are the two halves of one key: make them two strings of one record.',
    ],
    [
      'the stored key among others',
      [`v=DKIM1; p=${otherRsa2048}`, right],
      'One of them has the stored key: keep that one and remove the rest.',
    ],
    [
      'the stored key beside what is no key',
      [right, 'site-verification=x'],
      'One of them has the stored key: keep that one and remove the rest.',
    ],
    [
      'other keys',
      [`v=DKIM1; p=${otherRsa2048}`, `v=DKIM1; p=${rsa1024}`],
      'None of them has the stored key: replace them all.',
    ],
    [
      'one other key',
      ['hello', `v=DKIM1; p=${otherRsa2048}`],
      'One of them is a DKIM key: keep that one and remove the rest.',
    ],
    ['no keys', ['hello', 'world'], 'None of them is a DKIM key: replace them all.'],
  ])('says what to do with several records: %s', async (_, records, advice) => {
    expect(await found(records)).toEqual([
      ['DKIM_MULTIPLE', 'error', `2 TXT records are there, and only one may be. ${advice}`],
    ])
  })

  it.each([
    [
      rsa512,
      'DKIM_SHORT_1024',
      'error',
      `The RSA key has 512 bits; receivers reject less than 1024. Make a new one of 2048 bits: ${rotate}`,
    ],
    [rsa1024, 'DKIM_WEAK_2048', 'warning', `The RSA key has 1024 bits. Make a new one of 2048 bits: ${rotate}`],
    [
      rsa5120,
      'DKIM_LONG_4096',
      'warning',
      `The RSA key has 5120 bits; receivers need not take more than 4096. Make a new one of 2048 bits: ${rotate}`,
    ],
  ])('judges the length of a key', async (key, code, level, message) => {
    expect(await found([`v=DKIM1; p=${key}`], {stored: key})).toEqual([[code, level, message]])
  })

  it('takes an Ed25519 key as it is', async () => {
    const record = `v=DKIM1; k=ed25519; p=${ed25519}`
    for (const stored of [record, ed25519]) {
      expect((await check({[name]: {TXT: [txt(record)]}}, {stored})).facts.matches).toBe(true)
      expect(await found([record], {stored})).toEqual([])
    }
  })

  it('tells what the flags mean', async () => {
    expect(await found([`v=DKIM1; t=y:s; p=${rsa2048}`])).toEqual([
      ['DKIM_TESTING', 'info', 'The record has t=y. Take it out once mail is signed.'],
      ['DKIM_STRICT_DOMAIN', 'info', 'The record has t=s: sign with i= in exactly the domain of d=, or take it out.'],
    ])
  })

  it('gathers what is wrong with a record under each code', async () => {
    expect(await found([`k=rsa; v=DKIM2; h=sha1; p=${rsa2048}`])).toEqual([
      [
        'DKIM_SYNTAX',
        'error',
        'At character 10: The version is “DKIM2”, and only “DKIM1” is one. At character 8: v= must be the first tag where it is there at all.',
      ],
      ['DKIM_BAD_HASH', 'error', 'At character 19: h=sha1 leaves out sha256.'],
    ])
  })

  it('judges a key that nothing is stored for by itself', async () => {
    const {findings, facts} = await check({[name]: {TXT: [txt(right)]}}, {stored: null})
    expect(findings).toEqual([])
    expect(facts).toMatchObject({matches: null, storedKey: null})
    expect((await check({}, {stored: null})).findings).toMatchObject([
      {code: 'DKIM_MISSING', fix: null, expected: null},
    ])
  })

  it('says that the stored key is none', async () => {
    expect(await found([right], {stored: 'vault://mail/dkim'})).toEqual([
      ['DKIM_STORED_KEY', 'error', `The key stored for this selector is no public key. Make a new one: ${rotate}`],
    ])
  })

  describe('of a key that is delegated by a CNAME', () => {
    const delegated = (record: string | null): Zone => ({
      [name]: {CNAME: ['pm1.keys.example']},
      ...(record !== null && {'pm1.keys.example': {TXT: [txt(record)]}}),
    })

    it('says that it is right at the target', async () => {
      const {findings, facts} = await check(delegated(right))
      expect(findings).toMatchObject([
        {
          code: 'DKIM_CNAME_TARGET',
          level: 'info',
          message: 'The key is delegated to pm1.keys.example, and it is right there.',
          fix: null,
        },
      ])
      expect(facts).toMatchObject({targets: ['pm1.keys.example'], matches: true})
    })

    it('says that the target has none', async () => {
      const {findings} = await check(delegated(null))
      expect(findings).toMatchObject([
        {
          code: 'DKIM_CNAME_TARGET',
          level: 'error',
          message: `${name} is a CNAME to pm1.keys.example, which has no TXT record (NXDOMAIN). Its owner must publish the key there, or replace the CNAME with the key itself.`,
          fix: {name, value: right},
        },
      ])
    })

    it('says that the target has another key, or none that can be used', async () => {
      expect((await check(delegated(`p=${otherRsa2048}`))).findings).toMatchObject([
        {code: 'DKIM_CNAME_TARGET', level: 'error', message: expect.stringContaining('whose key sha256:')},
      ])
      expect((await check(delegated('v=DKIM1; p='))).findings).toMatchObject([
        {code: 'DKIM_CNAME_TARGET', level: 'error', fix: null},
        {code: 'DKIM_REVOKED'},
      ])
    })
  })

  it('finds something or is right, whatever is published', async () => {
    const record = stringMatching(/^(v=DKIM1; )?(k=rsa; )?p=M?I?I?B?[A-Za-z0-9+/= "\\;]{0,400}$/)
    await sure(
      asyncProperty(array(record, {minLength: 1, maxLength: 3}), string({unit: 'binary'}), async (records, stored) => {
        const {findings, facts} = await check({[name]: {TXT: records.map(txt)}}, {stored})
        expect(findings.length > 0 || facts.key !== null).toBe(true)
      }),
    )
  })
})
