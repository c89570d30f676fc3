import {describe, expect, it} from 'vitest'
import {liveAnswer} from '../../src/dns/live-answer.ts'
import {txt, zoneLookup} from '../support/dns/zone-lookup.ts'

const lookup = zoneLookup({
  'acme.example': {
    TXT: [txt('v=spf1 -all'), txt('x'.repeat(300))],
    MX: [{preference: 10, exchange: 'mail.acme.example'}],
    A: ['192.0.2.1'],
  },
  'www.acme.example': {CNAME: ['acme.example']},
  'broken.example': 'SERVFAIL',
})
const asked = {server: '192.0.2.53', transport: 'udp', ms: 1}

describe('liveAnswer', () => {
  it('writes records as text, the strings of a TXT put together', async () => {
    expect(liveAnswer(await lookup('acme.example', 'TXT'))).toEqual({
      ...asked,
      authoritative: true,
      rcode: 'NOERROR',
      ttl: 3600,
      aliases: [],
      records: ['v=spf1 -all', 'x'.repeat(300)],
    })
    expect(liveAnswer(await lookup('acme.example', 'MX')).records).toEqual(['10 mail.acme.example'])
    expect(liveAnswer(await lookup('acme.example', 'A')).records).toEqual(['192.0.2.1'])
  })

  it('names where aliases lead', async () => {
    expect(liveAnswer(await lookup('www.acme.example', 'A'))).toMatchObject({
      aliases: ['acme.example'],
      records: ['192.0.2.1'],
    })
    expect(liveAnswer(await lookup('www.acme.example', 'AAAA')).aliases).toEqual(['acme.example'])
  })

  it('says how long an absence is remembered', async () => {
    const nodata = liveAnswer(await lookup('acme.example', 'AAAA'))
    expect(nodata).toEqual({...asked, authoritative: true, rcode: 'NODATA', ttl: 300, aliases: [], records: []})
    expect(liveAnswer(await lookup('none.example', 'A')).rcode).toBe('NXDOMAIN')
  })

  it('never makes an absence of a failure', async () => {
    const failed = liveAnswer(await lookup('broken.example', 'TXT'))
    expect(failed).toEqual({...asked, authoritative: false, rcode: 'SERVFAIL', ttl: null, aliases: [], records: []})
  })
})
