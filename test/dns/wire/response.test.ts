import {type Answer, type CaaData, decode} from 'dns-packet'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {Question} from '../../../src/dns/wire/query.ts'
import {readResponse} from '../../../src/dns/wire/response.ts'
import {nameAt, Unreadable} from '../../../src/dns/wire/wire-name.ts'
import {encodeReply, txtRecord} from '../../support/dns/fake-server.ts'

const asked: Question = {name: 'acme.test', type: 'TXT', recursion: false}
const question = {name: 'acme.test', type: 'TXT'} as const
const head = {name: 'Acme.Test', ttl: 300, class: 'IN'} as const
const caa: CaaData & {flags: number} = {flags: 128, tag: 'issue', value: 'ca.test; account=1'}
const every: Answer[] = [
  {...head, type: 'A', data: '192.0.2.1'},
  {...head, type: 'AAAA', data: '2001:db8:0:0:0:0:0:1'},
  {...head, type: 'CAA', data: caa},
  {...head, type: 'CNAME', data: 'Other.Test'},
  {...head, type: 'DNSKEY', data: {flags: 257, algorithm: 13, key: Buffer.from('00010203', 'hex')}},
  {...head, type: 'DS', data: {keyTag: 1, algorithm: 13, digestType: 2, digest: Buffer.from('abcd', 'hex')}},
  {...head, type: 'MX', data: {preference: 10, exchange: 'Mail.Test'}},
  {...head, type: 'NS', data: 'NS1.Test'},
  {...head, type: 'PTR', data: 'Host.Test'},
  {...head, type: 'SOA', data: {mname: 'NS1.Test', rname: 'Host.Test', serial: 4_294_967_295, minimum: 60}},
  {
    ...head,
    type: 'TLSA',
    data: {usage: 3, selector: 1, matchingType: 1, certificate: Buffer.from('ff00', 'hex')},
  },
  {...head, type: 'TXT', data: [Buffer.from('a'), Buffer.from([0xff, 0xfe])]},
]
const packet = encodeReply(7, question, {answers: every, additionals: [txtRecord('x.test', 'y')]})

describe('readResponse', () => {
  it('reads every type, names in lower case', () => {
    const response = readResponse(packet, asked)
    expect(response?.answers.map(({name, ttl, type, data}) => [name, ttl, type, data])).toEqual([
      ['acme.test', 300, 'A', '192.0.2.1'],
      ['acme.test', 300, 'AAAA', '2001:db8::1'],
      ['acme.test', 300, 'CAA', {flags: 128, tag: 'issue', value: 'ca.test; account=1'}],
      ['acme.test', 300, 'CNAME', 'other.test'],
      ['acme.test', 300, 'DNSKEY', {flags: 257, algorithm: 13, keyTag: 0x0101 + 0x030d + 0x0001 + 0x0203}],
      ['acme.test', 300, 'DS', {keyTag: 1, algorithm: 13, digestType: 2, digest: 'abcd'}],
      ['acme.test', 300, 'MX', {preference: 10, exchange: 'mail.test'}],
      ['acme.test', 300, 'NS', 'ns1.test'],
      ['acme.test', 300, 'PTR', 'host.test'],
      ['acme.test', 300, 'SOA', {mname: 'ns1.test', rname: 'host.test', serial: 4_294_967_295, minimum: 60}],
      ['acme.test', 300, 'TLSA', {usage: 3, selector: 1, matchingType: 1, certificate: 'ff00'}],
      ['acme.test', 300, 'TXT', 'a\xff\xfe'],
    ])
  })

  it('reads the obsolete type SPF as TXT: its strings put together without a space between', () => {
    const spf = {...head, type: 'UNKNOWN_99', data: Buffer.from('\u0003abc\u0001d')} as unknown as Answer
    const response = readResponse(encodeReply(7, question, {answers: [spf]}), asked)
    expect(response?.answers).toEqual([{name: 'acme.test', ttl: 300, type: 'SPF', data: 'abcd'}])
  })

  it('leaves out what it does not know, another class, and counts an absurd TTL as none', () => {
    const answers: Answer[] = [
      {...head, type: 'UNKNOWN_65280', data: Buffer.from('abc')} as unknown as Answer,
      {...head, class: 'CH', type: 'A', data: '192.0.2.1'},
      {...head, ttl: 4_000_000_000, type: 'A', data: '192.0.2.2'},
    ]
    expect(readResponse(encodeReply(7, question, {answers}), asked)?.answers).toEqual([
      {name: 'acme.test', ttl: 0, type: 'A', data: '192.0.2.2'},
    ])
  })

  it('takes no query for a response, and no answer to another question, type or class', () => {
    const asQuery = Buffer.from(packet)
    asQuery.writeUInt16BE(asQuery.readUInt16BE(2) & 0x7fff, 2)
    const wrong = [
      asQuery,
      encodeReply(7, {name: 'acme.tes', type: 'TXT'}, {}),
      encodeReply(7, {name: 'acme.test', type: 'A'}, {}),
      encodeReply(7, {name: 'acme.test', type: 'TXT', class: 'CH'}, {}),
    ]
    expect(wrong.map((bytes) => readResponse(bytes, asked))).toEqual(wrong.map(() => undefined))
  })

  it('reads one that says it is truncated as far as the question, wherever it was cut', () => {
    const truncated = Buffer.from(packet)
    truncated.writeUInt16BE(truncated.readUInt16BE(2) | 0x0200, 2)
    for (const length of [packet.length, packet.length - 1, 40]) {
      expect(readResponse(truncated.subarray(0, length), asked)).toMatchObject({truncated: true, answers: []})
    }
  })

  it('puts the RCODE together from the header and OPT', () => {
    const rcodeOf = (extended: number) => {
      const reply = encodeReply(7, question, {rcode: 'NOERROR'})
      const opt = Buffer.from([0, 0, 41, 4, 208, extended, 0, 0, 0, 0, 0])
      const packet = Buffer.concat([reply, opt])
      packet.writeUInt16BE(1, 10)
      packet[3] = (packet[3] ?? 0) | 7
      return readResponse(packet, asked)?.rcode
    }
    expect([rcodeOf(0), rcodeOf(1), rcodeOf(2)]).toEqual(['YXRRSET', 'BADCOOKIE', 'RCODE_39'])
  })

  it('reads a packet cut anywhere as nothing, never as less', () => {
    const cut = Array.from({length: packet.length}, (_, length) => readResponse(packet.subarray(0, length), asked))
    expect(cut.filter((response) => response !== undefined)).toEqual([])
  })

  it('never throws, whatever comes', () => {
    const flips = fc.array(fc.tuple(fc.nat(packet.length - 1), fc.nat(255)), {maxLength: 12})
    fc.assert(
      fc.property(flips, (changes) => {
        const bytes = Buffer.from(packet)
        for (const [at, value] of changes) bytes[at] = value
        readResponse(bytes, asked)
      }),
      {numRuns: 5_000},
    )
    fc.assert(
      fc.property(fc.uint8Array({maxLength: 600}), (bytes) => {
        const body = Buffer.concat([packet.subarray(0, 27), bytes])
        for (const at of [5, 7, 9, 11]) body[at] = (bytes[at] ?? 0) % 8
        readResponse(body, asked)
        readResponse(Buffer.from(bytes), asked)
      }),
      {numRuns: 5_000},
    )
  })
})

describe('readResponse, beside dns-packet', () => {
  const label = fc.stringMatching(/^[a-zA-Z0-9_-]{1,20}$/)
  const name = fc.oneof(
    fc.constantFrom('acme.test', 'Acme.Test', 'test', 'x.acme.test', '.'),
    fc.array(label, {minLength: 1, maxLength: 5}).map((labels) => labels.join('.')),
  )
  const bytes = fc.uint8Array({maxLength: 255}).map((values) => Buffer.from(values))
  const [u8, u16, u32] = [fc.nat(0xff), fc.nat(0xffff), fc.nat(0x7fff_ffff)]
  const data = {
    A: fc.ipV4(),
    AAAA: fc.constantFrom('2001:db8::1', '::1', '2001:db8:0:1:1:1:1:1'),
    CNAME: name,
    NS: name,
    PTR: name,
    MX: fc.record({preference: u16, exchange: name}),
    TXT: fc.array(bytes, {minLength: 1, maxLength: 4}),
    SOA: fc.record({mname: name, rname: name, serial: u32, refresh: u32, retry: u32, expire: u32, minimum: u32}),
    CAA: fc.record({flags: u8, tag: label, value: fc.string({unit: 'binary', maxLength: 40})}),
    DS: fc.record({keyTag: u16, algorithm: u8, digestType: u8, digest: bytes}),
    TLSA: fc.record({usage: u8, selector: u8, matchingType: u8, certificate: bytes}),
  }
  const record = fc
    .constantFrom(...(Object.keys(data) as (keyof typeof data)[]))
    .chain((type) => fc.record({type: fc.constant(type), name, ttl: u32, class: fc.constant('IN'), data: data[type]}))
    .map((answer) => answer as Answer)
  const section = fc.array(record, {maxLength: 4})

  it('reads the same from any packet', () => {
    fc.assert(
      fc.property(section, section, section, (answers, authorities, additionals) => {
        const sent = encodeReply(7, question, {answers, authorities, additionals})
        const theirs = decode(sent)
        const response = readResponse(sent, asked)
        expect(response?.answers.map(told)).toEqual((theirs.answers ?? []).map(told))
        expect(response?.authorities.map(told)).toEqual((theirs.authorities ?? []).map(told))
        expect(response?.additionals.map(told)).toEqual((theirs.additionals ?? []).map(told))
      }),
      {numRuns: 2_000},
    )
  })

  it('reads the same from a packet with any bytes changed, if it reads anything', () => {
    const flips = fc.array(fc.tuple(fc.nat(packet.length - 1), fc.nat(255)), {minLength: 1, maxLength: 3})
    fc.assert(
      fc.property(flips, (changes) => {
        const sent = Buffer.from(packet)
        for (const [at, value] of changes) sent[at] = value
        const response = readResponse(sent, asked)
        if (response?.truncated) expect(response.answers).toEqual([])
        else if (response) expect(response.answers.map(told)).toEqual(answersIn(sent)?.map(told) ?? expect.anything())
      }),
      {numRuns: 5_000},
    )
  })
})

describe('readResponse, of packets that were made to do harm', () => {
  it('refuses one that promises more than it has, and reads all it has', () => {
    const reads = (answers: number) => {
      const bytes = Buffer.concat([packet, Buffer.alloc(12_000)])
      bytes.writeUInt16BE(answers, 6)
      return readResponse(bytes, asked) !== undefined
    }
    expect([reads(12), reads(256), reads(1_000), reads(65_535)]).toEqual([true, true, true, false])
    const two = Buffer.from(packet)
    two.writeUInt16BE(2, 4)
    expect(readResponse(two, asked)).toBeUndefined()
  })

  it('follows as many pointers as a name has labels, and no more', () => {
    const name = Buffer.from([1, 97, 0])
    const pointers = Array.from({length: 128}, (_, at) => 0xc000 | (at === 0 ? 0 : name.length + 2 * (at - 1)))
    const bytes = Buffer.concat([name, ...pointers.map((pointer) => Buffer.from([pointer >> 8, pointer & 0xff]))])
    const followed = (count: number) => nameAt(bytes, name.length + 2 * (count - 1))
    expect([followed(1), followed(127)]).toEqual(['a', 'a'])
    expect(() => followed(128)).toThrow(Unreadable)
  })
})

/** What two readers must agree on, whatever they call it. */
function told(record: object): string {
  const {name, type, ttl, data} = record as {name: string; type: string; ttl: number; data: unknown}
  const keep = kept[type]
  const said = keep
    ? Object.fromEntries(keep.map((key) => [key, plain((data as Record<string, unknown>)[key])]))
    : strung(data)
  return JSON.stringify([name, type, ttl > 0x7fff_ffff ? 0 : ttl, said])
    .replaceAll('\\', '')
    .toLowerCase()
}

const kept: Readonly<Record<string, string[]>> = {
  SOA: ['mname', 'rname', 'serial', 'minimum'],
  CAA: ['flags', 'tag', 'value'],
  DNSKEY: ['flags', 'algorithm'],
  DS: ['keyTag', 'algorithm', 'digestType', 'digest'],
  TLSA: ['usage', 'selector', 'matchingType', 'certificate'],
}

/**
 * As dns-packet reads them. Undefined where it cannot, or reads on from another place: it does not keep to the length of
 * what it reads, and what is of another type or class is passed over by its length here.
 */
function answersIn(sent: Buffer): Answer[] | undefined {
  try {
    const {answers = []} = decode(sent)
    return answers.every(isReadHere) ? answers : undefined
  } catch {
    return undefined
  }
}

function isReadHere(answer: Answer): boolean {
  return every.some(({type}) => type === answer.type) && 'class' in answer && answer.class === 'IN' && !answer.flush
}

/** The strings of a TXT record put together, which dns-packet leaves as they are. */
function strung(data: unknown): unknown {
  return Array.isArray(data) ? Buffer.concat(data).toString('latin1') : data
}

function plain(value: unknown): unknown {
  return Buffer.isBuffer(value) ? value.toString('hex') : value
}
