import {describe, expect, it} from 'vitest'
import {checkAddresses} from '../../../src/dns/host/check-addresses.ts'
import {checkAlias} from '../../../src/dns/host/check-alias.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const name = 'www.acme.example'

describe('checkAddresses', () => {
  const check = (zone: Zone, type: 'A' | 'AAAA', expected: readonly string[]) =>
    checkAddresses(zoneLookup(zone), {domain: 'acme.example', name, type, expected})

  it('takes IPv6 addresses for the same, however they are written', async () => {
    expect(await check({[name]: {AAAA: ['2001:db8:0:0::1']}}, 'AAAA', ['2001:DB8::0001'])).toEqual({
      findings: [],
      facts: {addresses: ['2001:db8::1'], missing: [], extra: []},
    })
  })

  it('says which address lacks and which is one too many', async () => {
    const {findings, facts} = await check({[name]: {A: ['192.0.2.1', '192.0.2.9']}}, 'A', ['192.0.2.1', '192.0.2.2'])
    expect(findings).toMatchObject([
      {
        code: 'HOST_ADDRESS_MISSING',
        level: 'error',
        message: `${name} has 192.0.2.1, 192.0.2.9, and lacks 192.0.2.2.`,
        fix: {host: 'www', zone_line: `${name}. 3600 IN A 192.0.2.2`},
      },
      {code: 'HOST_ADDRESS_EXTRA', level: 'warning', message: `${name} also has 192.0.2.9. Remove what is not in use.`},
    ])
    expect(facts).toEqual({addresses: ['192.0.2.1', '192.0.2.9'], missing: ['192.0.2.2'], extra: ['192.0.2.9']})
  })

  it('says that there is none, and never so where it could not ask', async () => {
    expect((await check({}, 'A', ['192.0.2.1'])).findings).toMatchObject([
      {code: 'HOST_ADDRESS_MISSING', message: `${name} has none (NXDOMAIN), and lacks 192.0.2.1.`},
    ])
    expect(await check({[name]: 'REFUSED'}, 'A', ['192.0.2.1'])).toMatchObject({
      findings: [{code: 'REC_UNKNOWN', level: 'unknown'}],
      facts: {addresses: null},
    })
  })
})

describe('checkAlias', () => {
  const target = 'shops.example'
  const check = (zone: Zone) => checkAlias(zoneLookup(zone), {domain: 'acme.example', name, expected: 'Shops.Example.'})
  const there: Zone = {[target]: {A: ['192.0.2.1'], AAAA: ['2001:db8::1']}}

  it('takes the expected target', async () => {
    expect(await check({...there, [name]: {CNAME: [target]}})).toEqual({
      findings: [],
      facts: {target, relation: 'same'},
    })
    const textOnly = {[name]: {CNAME: [target]}, [target]: {TXT: [txt('v=spf1 -all')]}}
    expect((await check(textOnly)).findings).toEqual([])
  })

  it('finds that the target has nothing', async () => {
    expect((await check({[name]: {CNAME: [target]}})).findings).toMatchObject([
      {code: 'HOST_ALIAS_DANGLING', level: 'error', message: `${name} leads to ${target}, which has nothing.`},
    ])
  })

  it('takes the same content for good, with another CNAME or none', async () => {
    expect(await check({...there, [name]: {A: ['192.0.2.1'], AAAA: ['2001:DB8::1']}})).toMatchObject({
      findings: [
        {
          code: 'HOST_ALIAS_CONTENT',
          level: 'info',
          message: `${name} is no CNAME, and has the addresses of ${target}: 192.0.2.1, 2001:db8::1.`,
        },
      ],
      facts: {target: null, relation: 'same content'},
    })
    expect(await check({...there, [name]: {CNAME: ['via.example']}, 'via.example': {CNAME: [target]}})).toMatchObject({
      findings: [{code: 'HOST_ALIAS_CONTENT', message: expect.stringContaining(`${name} leads to via.example`)}],
      facts: {target: 'via.example', relation: 'same content'},
    })
  })

  it('warns of the same content by a name that does not lead through the target', async () => {
    expect(await check({...there, [name]: {CNAME: ['via.example']}, 'via.example': {A: ['192.0.2.1']}})).toMatchObject({
      findings: [{code: 'HOST_ALIAS_CONTENT', level: 'warning'}],
      facts: {target: 'via.example', relation: 'same content'},
    })
  })

  it('finds another target, and none', async () => {
    expect(await check({...there, [name]: {CNAME: ['else.example']}})).toMatchObject({
      findings: [
        {
          code: 'HOST_ALIAS_DIFFERS',
          level: 'error',
          message: `${name} leads to else.example, and should lead to ${target}.`,
          fix: {zone_line: `${name}. 3600 IN CNAME ${target}.`},
        },
      ],
      facts: {target: 'else.example', relation: 'differs'},
    })
    expect((await check({})).findings).toMatchObject([
      {code: 'HOST_ALIAS_DIFFERS', message: `${name} is no CNAME, and should lead to ${target}.`},
    ])
  })

  it('knows nothing where it could not ask for the CNAME or for the content', async () => {
    expect(await check({[name]: 'timeout'})).toMatchObject({
      findings: [{code: 'REC_UNKNOWN', type: 'CNAME'}],
      facts: {relation: null},
    })
    const unclear: Zone = {[name]: {CNAME: ['else.example']}, 'else.example': 'SERVFAIL', ...there}
    expect(await check(unclear)).toMatchObject({
      findings: [{code: 'REC_UNKNOWN', type: 'A'}],
      facts: {target: 'else.example', relation: null},
    })
  })
})
