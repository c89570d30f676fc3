import {decode} from 'dns-packet'
import {describe, expect, it} from 'vitest'
import type {RecordType} from '../../../src/dns/answer.ts'
import {encodeQuery} from '../../../src/dns/wire/query.ts'

const types: readonly RecordType[] = [
  'A',
  'AAAA',
  'CAA',
  'CNAME',
  'DNSKEY',
  'DS',
  'MX',
  'NS',
  'PTR',
  'SOA',
  'SPF',
  'TLSA',
  'TXT',
]

describe('encodeQuery', () => {
  it.each(types)('asks for %s as others read it', (type) => {
    const packet = encodeQuery(513, {name: '_dmarc.acme.example', type, recursion: true}, true)
    expect(decode(packet)).toMatchObject({
      type: 'query',
      id: 513,
      flag_rd: true,
      opcode: 'QUERY',
      questions: [{name: '_dmarc.acme.example', type, class: 'IN'}],
      answers: [],
      authorities: [],
      additionals: [{type: 'OPT', name: '.', udpPayloadSize: 1_232, extendedRcode: 0, ednsVersion: 0, flags: 0}],
    })
  })

  it('leaves EDNS and recursion out', () => {
    const packet = encodeQuery(65_535, {name: 'acme.example', type: 'MX', recursion: false}, false)
    expect(decode(packet)).toMatchObject({id: 65_535, flag_rd: false, additionals: []})
    expect(packet).toHaveLength(12 + 14 + 4)
  })

  it.each(['.', 'a', 'x'.repeat(63), `${'x'.repeat(63)}.`.repeat(3) + 'y'.repeat(61)])('asks about %s', (name) => {
    const {questions} = decode(encodeQuery(1, {name, type: 'NS', recursion: true}, true))
    expect(questions).toEqual([{name, type: 'NS', class: 'IN'}])
  })
})
