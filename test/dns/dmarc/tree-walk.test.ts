import {domain as domainNames, property, assert as sure} from 'fast-check'
import {describe, expect, it} from 'vitest'
import {inheritedPolicy} from '../../../src/dns/dmarc/applied-policy.ts'
import {treeWalk, walkTargets} from '../../../src/dns/dmarc/tree-walk.ts'
import {txt, type Zone, zoneLookup} from '../../support/dns/zone-lookup.ts'

/** A zone with these DMARC records, by domain. */
function records(texts: Readonly<Record<string, string>>): Zone {
  return Object.fromEntries(Object.entries(texts).map(([domain, text]) => [`_dmarc.${domain}`, {TXT: [txt(text)]}]))
}

describe('walkTargets', () => {
  it('goes up label by label', () => {
    expect(walkTargets('a.mail.example.com')).toEqual(['a.mail.example.com', 'mail.example.com', 'example.com', 'com'])
    expect(walkTargets('com')).toEqual(['com'])
  })

  it('takes a short cut from a long name, as in the example of RFC 9989', () => {
    expect(walkTargets('a.b.c.d.e.f.g.h.i.j.mail.example.com')).toEqual([
      'a.b.c.d.e.f.g.h.i.j.mail.example.com',
      'g.h.i.j.mail.example.com',
      'h.i.j.mail.example.com',
      'i.j.mail.example.com',
      'j.mail.example.com',
      'mail.example.com',
      'example.com',
      'com',
    ])
  })

  it('asks for eight names at most, each above the last, whatever the domain', () => {
    sure(
      property(domainNames(), (name) => {
        const targets = walkTargets(`x.y.z.${name}`)
        expect(targets.length).toBeLessThanOrEqual(8)
        expect(targets.slice(1).every((target, at) => targets[at]?.endsWith(`.${target}`))).toBe(true)
      }),
    )
  })
})

describe('treeWalk', () => {
  it.each([
    [
      'the record with the fewest labels',
      {'mail.example.com': 'v=DMARC1;p=none', 'example.com': 'v=DMARC1;p=reject'},
      'example.com',
    ],
    [
      'a record of a public suffix that does not say that it is one',
      {'example.com': 'v=DMARC1;p=none', com: 'v=DMARC1;p=none'},
      'com',
    ],
    [
      'psd=n, where the walk ends',
      {'mail.example.com': 'v=DMARC1;p=none;psd=n', 'example.com': 'v=DMARC1;p=none'},
      'mail.example.com',
    ],
    ['the name below psd=y', {com: 'v=DMARC1;p=none;psd=y'}, 'example.com'],
    [
      'the name below psd=y, though there are records under it',
      {'mail.example.com': 'v=DMARC1;p=none', com: 'v=DMARC1;p=none;psd=y'},
      'example.com',
    ],
    [
      'the domain itself where it says psd=y',
      {'a.mail.example.com': 'v=DMARC1;p=none;psd=y', 'example.com': 'v=DMARC1;p=none'},
      'a.mail.example.com',
    ],
    ['the domain itself where there is no record', {}, 'a.mail.example.com'],
    [
      'no record that is not DMARC',
      {'mail.example.com': 'v=spf1 -all', 'example.com': ' v=DMARC1;p=none'},
      'a.mail.example.com',
    ],
  ])('takes for the organisation %s', async (_, texts, organisation) => {
    expect(await treeWalk(zoneLookup(records(texts)), 'a.mail.example.com')).toMatchObject({
      organisation,
      failure: null,
    })
  })

  it('discards the records of a name that has two', async () => {
    const zone = {
      ...records({'mail.example.com': 'v=DMARC1;p=none'}),
      '_dmarc.example.com': {TXT: [txt('v=DMARC1;p=none'), txt('v=DMARC1;p=reject')]},
    }
    expect((await treeWalk(zoneLookup(zone), 'a.mail.example.com')).organisation).toBe('mail.example.com')
  })

  it('knows nothing where a question got no answer, unless the walk ended before it', async () => {
    const broken: Zone = {...records({'mail.example.com': 'v=DMARC1;p=none'}), '_dmarc.example.com': 'timeout'}
    expect(await treeWalk(zoneLookup(broken), 'a.mail.example.com')).toMatchObject({
      organisation: null,
      failure: {name: '_dmarc.example.com', answer: {reason: 'timeout'}},
    })
    const ended: Zone = {...broken, ...records({'mail.example.com': 'v=DMARC1;p=none;psd=n'})}
    expect(await treeWalk(zoneLookup(ended), 'a.mail.example.com')).toMatchObject({
      organisation: 'mail.example.com',
      failure: null,
    })
  })
})

describe('inheritedPolicy', () => {
  const exists: Zone = {'a.mail.example.com': {A: ['192.0.2.1']}}

  it.each([
    ['sp=', 'v=DMARC1; p=reject; sp=quarantine; np=none', exists, {policy: 'quarantine', tag: 'sp'}],
    ['p= where sp= is left out', 'v=DMARC1; p=reject', exists, {policy: 'reject', tag: 'p'}],
    ['np= for a name that does not exist', 'v=DMARC1; p=none; np=reject', {}, {policy: 'reject', tag: 'np'}],
    [
      'sp= for one that does not exist, where np= is left out',
      'v=DMARC1; p=none; sp=reject',
      {},
      {policy: 'reject', tag: 'sp'},
    ],
  ])('takes %s', async (_, text, zone, expected) => {
    const {treeWalk, publicSuffix} = await inheritedPolicy(
      zoneLookup({...zone, ...records({'example.com': text})}),
      'a.mail.example.com',
    )
    expect(treeWalk).toMatchObject({...expected, from: 'example.com'})
    expect(publicSuffix).toEqual(treeWalk)
  })

  it('tells where the two standards differ: RFC 7489 looks only at the organisation', async () => {
    const zone = {...exists, ...records({'mail.example.com': 'v=DMARC1; p=reject'})}
    expect(await inheritedPolicy(zoneLookup(zone), 'a.mail.example.com')).toMatchObject({
      treeWalk: {policy: 'reject', from: 'mail.example.com'},
      publicSuffix: null,
      organisation: {treeWalk: 'mail.example.com', publicSuffix: 'example.com'},
      walked: ['a.mail.example.com', 'mail.example.com', 'example.com', 'com'],
    })
  })

  it('falls back on the public suffix, where the organisation has no record', async () => {
    const zone = {...exists, ...records({com: 'v=DMARC1; p=reject; sp=quarantine; psd=y'})}
    expect((await inheritedPolicy(zoneLookup(zone), 'a.mail.example.com')).treeWalk).toMatchObject({
      policy: 'quarantine',
      from: 'com',
    })
    const own = {...zone, ...records({'example.com': 'v=DMARC1; p=none'})}
    expect((await inheritedPolicy(zoneLookup(own), 'a.mail.example.com')).treeWalk).toMatchObject({
      policy: 'none',
      from: 'example.com',
    })
  })

  it('passes over a record in between, that is neither the domain’s nor the organisation’s', async () => {
    const zone = {...exists, ...records({'mail.example.com': 'v=DMARC1; p=none', 'example.com': 'v=DMARC1; p=reject'})}
    expect((await inheritedPolicy(zoneLookup(zone), 'a.mail.example.com')).treeWalk).toMatchObject({
      policy: 'reject',
      from: 'example.com',
    })
  })

  it('finds none where nothing is published, or nothing that can be read', async () => {
    expect(await inheritedPolicy(zoneLookup({}), 'a.mail.example.com')).toMatchObject({
      treeWalk: null,
      publicSuffix: null,
      failure: null,
    })
    const broken = zoneLookup(records({'example.com': 'v=DMARC1; p=later'}))
    expect(await inheritedPolicy(broken, 'a.mail.example.com')).toMatchObject({treeWalk: null, publicSuffix: null})
  })
})
