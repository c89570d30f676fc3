import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {ipStatuses, reputations} from '../../src/rules/ip-lifecycle.ts'
import {type Host, isHealthy, type Passenger, Room} from '../../src/rules/ip-placement.ts'
import {runs} from '../output/hostile.ts'

function placeDomains(travelling: readonly Passenger[], hosts: readonly Host[], maxPerIp: number) {
  return new Room(hosts, maxPerIp).place(travelling)
}

const east = 'us-east'

function host(ip: string, traits: Partial<Host> = {}): Host {
  return {id: ip, ip, region: east, status: 'warmed', reputation: 'good', load: 0, ...traits}
}

function passengers(count: number, region: string | null = east): Passenger[] {
  return Array.from({length: count}, (_, n) => ({domain: `${n}.example`, region, from: '203.0.113.24'}))
}

function hostsTaken(hosts: readonly Host[], count: number, maxPerIp = 25): string[] {
  return placeDomains(passengers(count), hosts, maxPerIp).placed.map(({host: {ip}}) => ip)
}

describe('what is healthy', () => {
  it('is warmed or warming, of good or fair reputation, and nothing else', () => {
    const rated = [...reputations, null]
    const healthy = ipStatuses.flatMap((status) =>
      rated.filter((reputation) => isHealthy({status, reputation})).map((reputation) => `${status} ${reputation}`),
    )
    expect(healthy).toEqual(['warming good', 'warming fair', 'warmed good', 'warmed fair'])
  })

  it('is no word that every object knows', () => {
    // @ts-expect-error: the database could hold it all the same.
    expect(isHealthy({status: 'constructor', reputation: 'good'})).toBe(false)
    // @ts-expect-error: the database could hold it all the same.
    expect(isHealthy({status: 'warmed', reputation: 'toString'})).toBe(false)
  })
})

describe('placing domains', () => {
  it.each<[string, Host, Host]>([
    ['the same version of IP', host('192.0.2.9', {status: 'warming', region: null}), host('2001:db8::1')],
    ['warmed before warming', host('192.0.2.9', {load: 20}), host('192.0.2.1', {status: 'warming'})],
    [
      'warmed before warming, whatever the reputation',
      host('192.0.2.9', {reputation: 'fair'}),
      host('192.0.2.1', {status: 'warming'}),
    ],
    ['good before fair', host('192.0.2.9', {load: 20}), host('192.0.2.1', {reputation: 'fair'})],
    [
      'good before fair, wherever it is',
      host('192.0.2.9', {region: 'us-west'}),
      host('192.0.2.1', {reputation: 'fair'}),
    ],
    ['the same region before another', host('192.0.2.9', {load: 20}), host('192.0.2.1', {region: 'us-west'})],
    ['a known region before none', host('192.0.2.9', {load: 20}), host('192.0.2.1', {region: null})],
    ['the least loaded', host('192.0.2.9', {load: 1}), host('192.0.2.1', {load: 2})],
    ['equals by address', host('192.0.2.1'), host('192.0.2.9')],
  ])('prefers %s', (_, preferred, other) => {
    expect(hostsTaken([other, preferred], 1)).toEqual([preferred.ip])
    expect(hostsTaken([preferred, other], 1)).toEqual([preferred.ip])
  })

  it('spreads domains over equal hosts, counting those it has just placed', () => {
    expect(hostsTaken([host('192.0.2.1', {load: 1}), host('192.0.2.2'), host('192.0.2.3')], 6)).toEqual([
      '192.0.2.2',
      '192.0.2.3',
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.3',
      '192.0.2.1',
    ])
  })

  it('fills up to the limit, then goes on to the next best, then leaves over', () => {
    const hosts = [host('192.0.2.1', {load: 1}), host('192.0.2.2', {status: 'warming', load: 2})]
    const {placed, unplaced} = placeDomains(passengers(4), hosts, 3)
    expect(placed.map(({passenger, host: {ip}}) => `${passenger.domain} ${ip}`)).toEqual([
      '0.example 192.0.2.1',
      '1.example 192.0.2.1',
      '2.example 192.0.2.2',
    ])
    expect(unplaced).toEqual([{domain: '3.example', region: east, from: '203.0.113.24'}])
  })

  it('adds nothing to a host that is over the limit already', () => {
    expect(hostsTaken([host('192.0.2.1', {load: 30})], 1)).toEqual([])
  })

  it('places each domain in its own region', () => {
    const hosts = [host('192.0.2.1'), host('192.0.2.2', {region: 'us-west'})]
    const {placed} = placeDomains([...passengers(1, 'us-west'), ...passengers(1)], hosts, 25)
    expect(placed.map(({host: {ip}}) => ip)).toEqual(['192.0.2.2', '192.0.2.1'])
  })

  it('leaves the hosts it was given as they are', () => {
    const given = [host('192.0.2.1')]
    placeDomains(passengers(3), given, 25)
    expect(given).toEqual([host('192.0.2.1')])
  })
})

const regions = fc.constantFrom('us-east', 'us-west', null)
const anyHost = fc.record({
  region: regions,
  status: fc.constantFrom(...ipStatuses),
  reputation: fc.constantFrom(...reputations, null),
  load: fc.integer({min: 0, max: 6}),
})
const hostList = fc
  .array(anyHost, {maxLength: 12})
  .map((hosts) => hosts.map((traits, n): Host => ({...traits, id: `${n}`, ip: `192.0.2.${n}`})))
const passengerList = fc
  .array(regions, {maxLength: 20})
  .map((all) => all.map((region, n): Passenger => ({domain: `${n}.example`, region, from: '203.0.113.24'})))
const limit = fc.integer({min: 1, max: 8})

describe('whatever the hosts and domains', () => {
  it('overloads no host, uses no unhealthy one, and loses no domain', () => {
    fc.assert(
      fc.property(passengerList, hostList, limit, (travelling, hosts, maxPerIp) => {
        const {placed, unplaced} = placeDomains(travelling, hosts, maxPerIp)
        for (const used of hosts) {
          const arrived = placed.filter(({host: {id}}) => id === used.id).length
          if (arrived > 0) expect(used.load + arrived).toBeLessThanOrEqual(maxPerIp)
        }
        expect(placed.filter(({host: used}) => !isHealthy(used))).toEqual([])
        const all = [...placed.map(({passenger}) => passenger), ...unplaced]
        expect(all.toSorted(byDomain)).toEqual(travelling.toSorted(byDomain))
      }),
      runs(500),
    )
  })

  it('leaves nobody over while a healthy host has room', () => {
    fc.assert(
      fc.property(passengerList, hostList, limit, (travelling, hosts, maxPerIp) => {
        const {placed} = placeDomains(travelling, hosts, maxPerIp)
        const room = hosts.filter(isHealthy).reduce((sum, {load}) => sum + Math.max(0, maxPerIp - load), 0)
        expect(placed).toHaveLength(Math.min(travelling.length, room))
      }),
      runs(200),
    )
  })

  it('decides the same however the hosts are ordered', () => {
    fc.assert(
      fc.property(passengerList, hostList, limit, (travelling, hosts, maxPerIp) => {
        const forth = placeDomains(travelling, hosts, maxPerIp)
        expect(placeDomains(travelling, hosts.toReversed(), maxPerIp)).toEqual(forth)
      }),
      runs(200),
    )
  })
})

function byDomain(one: Passenger, other: Passenger): number {
  return one.domain < other.domain ? -1 : 1
}
