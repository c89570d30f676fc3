import {describe, expect, it} from 'vitest'
import {checkReverse} from '../../../src/dns/reverse/check.ts'
import {isGeneric} from '../../../src/dns/reverse/generic-name.ts'
import {type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

const ip = '192.0.2.25'
const pointer = '25.2.0.192.in-addr.arpa'
const helo = 'mail.acme.example'

const check = (zone: Zone, changed: {ip?: string; helo?: string | null} = {}) =>
  checkReverse(zoneLookup(zone), {ip, helo, ...changed})

async function found(zone: Zone, changed: {ip?: string; helo?: string | null} = {}) {
  return (await check(zone, changed)).findings.map(({code, level, message}) => [code, level, message])
}

describe('checkReverse', () => {
  it('confirms a name that leads back to the address', async () => {
    expect(await check({[pointer]: {PTR: ['MAIL.acme.example']}, [helo]: {A: [ip]}})).toEqual({
      findings: [],
      facts: {ip, pointer, names: [{name: helo, confirmed: true, addresses: [ip]}], confirmed: true, isHelo: true},
    })
  })

  it('does so for IPv6, however it is written', async () => {
    const six = '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'
    const zone = {[six]: {PTR: [helo]}, [helo]: {AAAA: ['2001:db8:0::1']}}
    expect(await check(zone, {ip: '2001:DB8::1'})).toMatchObject({
      findings: [],
      facts: {ip: '2001:db8::1', pointer: six, confirmed: true},
    })
  })

  it('says that there is no name, and how to set it', async () => {
    const {findings, facts} = await check({})
    expect(findings).toMatchObject([
      {
        code: 'IP_PTR_MISSING',
        level: 'error',
        subject: `PTR ${ip}`,
        name: pointer,
        message: `${ip} has no PTR record (NXDOMAIN). Set it to ${helo} at whoever provides the address.`,
        fix: {host: '25', type: 'PTR', value: `${helo}.`, zone_line: `${pointer}. 3600 IN PTR ${helo}.`},
      },
    ])
    expect(facts).toEqual({ip, pointer, names: [], confirmed: false, isHelo: false})
    expect((await check({}, {helo: null})).findings).toMatchObject([
      {
        message: `${ip} has no PTR record (NXDOMAIN). Set it to the name the server says HELO with at whoever provides the address.`,
        fix: null,
      },
    ])
  })

  it('never takes a failure for a missing name, nor for one that does not lead back', async () => {
    expect(await check({[pointer]: 'timeout'})).toMatchObject({
      findings: [{code: 'REC_UNKNOWN', level: 'unknown', type: 'PTR'}],
      facts: {names: null, confirmed: null, isHelo: null},
    })
    expect(await check({[pointer]: {PTR: [helo]}, [helo]: 'SERVFAIL'})).toMatchObject({
      findings: [{code: 'REC_UNKNOWN', level: 'unknown', name: helo, type: 'A'}],
      facts: {confirmed: null, names: [{name: helo, confirmed: null}], isHelo: true},
    })
  })

  it('takes one name that leads back for enough', async () => {
    const zone: Zone = {
      [pointer]: {PTR: ['gone.example', helo, 'broken.example']},
      [helo]: {A: [ip]},
      'broken.example': 'SERVFAIL',
    }
    expect(await check(zone)).toMatchObject({findings: [], facts: {confirmed: true, isHelo: true}})
  })

  it('finds a name that leads elsewhere, and one that leads nowhere', async () => {
    expect(await found({[pointer]: {PTR: [helo]}, [helo]: {A: ['198.51.100.1']}})).toEqual([
      [
        'IP_FCRDNS_FAIL',
        'error',
        `The name of ${ip} does not lead back to it: ${helo} has 198.51.100.1. Add A ${ip} to the name, or give the address another one.`,
      ],
    ])
    expect(await found({[pointer]: {PTR: [helo]}})).toMatchObject([
      ['IP_FCRDNS_FAIL', 'error', expect.stringContaining(`${helo} has no address.`)],
    ])
  })

  it('compares the name with the one of HELO, and that with the address', async () => {
    const zone = {[pointer]: {PTR: ['other.example']}, 'other.example': {A: [ip]}}
    const differs = [
      'IP_PTR_HELO',
      'warning',
      `${ip} is other.example, and says HELO ${helo}. Set the PTR to ${helo} at whoever provides the address.`,
    ]
    expect(await found({...zone, [helo]: {A: [ip]}})).toEqual([differs])
    expect(await found({...zone, [helo]: {A: ['198.51.100.1']}})).toEqual([
      differs,
      ['IP_HELO_ADDRESS', 'error', `${helo} has 198.51.100.1, and not ${ip}, which says HELO with it.`],
    ])
    expect(await found({...zone, [helo]: 'timeout'})).toEqual([differs])
    expect((await check(zone, {helo: null})).facts.isHelo).toBeNull()
  })

  it('sets the name where the alias of the reverse name ends', async () => {
    const end = '25.0-31.2.0.192.in-addr.arpa'
    const fix = {host: '25', name: end, zone_line: `${end}. 3600 IN PTR ${helo}.`}
    const place = `${end}, which ${pointer} is an alias of`
    expect((await check({[pointer]: {CNAME: [end]}})).findings).toMatchObject([
      {
        code: 'IP_PTR_MISSING',
        name: pointer,
        message: `${ip} has no PTR record (NXDOMAIN). Set it to ${helo} at ${place}.`,
        fix,
      },
    ])
    const old: Zone = {[pointer]: {CNAME: [end]}, [end]: {PTR: ['old.example']}, 'old.example': {A: [ip]}}
    expect((await check({...old, [helo]: {A: [ip]}})).findings).toMatchObject([
      {
        code: 'IP_PTR_HELO',
        message: `${ip} is old.example, and says HELO ${helo}. Set the PTR to ${helo} at ${place}.`,
        fix,
      },
    ])
  })

  it('warns of a name made from the address', async () => {
    const name = 'static-192-0-2-25.isp.example'
    expect(await found({[pointer]: {PTR: [name]}, [name]: {A: [ip]}}, {helo: name})).toEqual([
      [
        'IP_PTR_GENERIC',
        'warning',
        `${ip} is called ${name}, as if nobody had named it. Give it the name it says HELO with.`,
      ],
    ])
  })

  it('looks at ten names at most', async () => {
    const lookup = zoneLookup({[pointer]: {PTR: Array.from({length: 500}, (_, at) => `n${at}.example`)}})
    await checkReverse(lookup, {ip, helo: null})
    expect(lookup.asked).toHaveLength(1 + 2 * 10)
  })

  it('refuses what is no address', async () => {
    await expect(check({}, {ip: 'acme.example'})).rejects.toThrow(RangeError)
  })
})

describe('isGeneric', () => {
  it.each(['192-0-2-25.isp.example', '25.2.0.192.dyn.example', 'ip192-000-002-025.example', 'h192000002025.example'])(
    'takes %s for generated',
    (name) => expect(isGeneric(name, ip)).toBe(true),
  )
  it.each(['mail.acme.example', 'mta25.acme.example', 'v192.acme.example', '192-0-2-251.example'])(
    'takes %s for a name',
    (name) => expect(isGeneric(name, ip)).toBe(false),
  )
})
