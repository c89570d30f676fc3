import {describe, expect, it} from 'vitest'
import {compareSpf} from '../../../src/dns/spf/compare.ts'

const relation = (expected: string, live: string) => compareSpf('acme.example', expected, live).relation

describe('compareSpf', () => {
  it.each([
    ['v=spf1 include:ours.example -all', 'V=SPF1   Include:OURS.example.  -ALL '],
    ['v=spf1 +a +mx -all', 'v=spf1 a mx -all'],
    ['v=spf1 a -all', 'v=spf1 a:acme.example/32//128 -all'],
    ['v=spf1 ip4:192.0.2.1/32 -all', 'v=spf1 ip4:192.0.2.1 -all'],
    ['v=spf1 ip4:192.0.2.77/24 -all', 'v=spf1 ip4:192.0.2.0/24 -all'],
    ['v=spf1 ip6:2001:DB8:0::1 -all', 'v=spf1 ip6:2001:db8::1/128 -all'],
    ['v=spf1 a mx -all', 'v=spf1 mx a -all'],
    ['v=spf1 a a -all', 'v=spf1 a -a -all'],
    ['v=spf1 a -all', 'v=spf1 a -all mx redirect=x.example'],
    ['v=spf1 a ?all', 'v=spf1 a'],
    ['v=spf1 a moo=cow -all', 'v=spf1 a -all'],
    ['v=spf1 exp=why.example a -all', 'v=spf1 a -all exp=WHY.example'],
    ['v=spf1 moo -all', 'v=spf1 moo -all'],
  ])('%s is the same as %s', (expected, live) => expect(relation(expected, live)).toBe('same'))

  it.each([
    ['v=spf1 include:ours.example -all', 'v=spf1 include:ours.example include:theirs.example -all'],
    ['v=spf1 include:ours.example ~all', 'v=spf1 mx include:ours.example -all exp=why.example'],
    ['v=spf1 include:ours.example', 'v=spf1 include:ours.example ~all'],
    ['v=spf1 redirect=ours.example', 'v=spf1 mx redirect=ours.example'],
  ])('%s is extended by %s', (expected, live) => expect(relation(expected, live)).toBe('extends'))

  it.each([
    ['v=spf1 include:ours.example -all', 'v=spf1 include:theirs.example -all'],
    ['v=spf1 include:ours.example -all', 'v=spf1 include:ours.example ~all'],
    ['v=spf1 include:ours.example -all', 'v=spf1 include:ours.example mx'],
    ['v=spf1 include:ours.example -all', 'v=spf1 ?include:ours.example -all'],
    ['v=spf1 include:ours.example -all', 'v=spf1 -all include:ours.example'],
    ['v=spf1 include:ours.example -all', 'v=spf1 -ip4:192.0.2.1 include:ours.example -all'],
    ['v=spf1 include:ours.example -all', 'v=spf1 include:ours.example redirect=theirs.example'],
    ['v=spf1 redirect=ours.example', 'v=spf1 ~all redirect=ours.example'],
    ['v=spf1 -a mx -all', 'v=spf1 mx -a -all'],
    ['v=spf1 exists:%{i}.x.example -all', 'v=spf1 exists:%{I}.x.example -all'],
    ['v=spf1 a/24 -all', 'v=spf1 a -all'],
    ['v=spf1 include:ours.example -all', 'v=spf1 include:ours.example moo -all'],
  ])('%s differs from %s', (expected, live) => expect(relation(expected, live)).toBe('differs'))

  it('names what is missing and what is there besides, each as it is written', () => {
    const comparison = compareSpf(
      'acme.example',
      'v=spf1 include:Ours.example -all',
      'v=spf1 +MX include:theirs.example ~all',
    )
    expect(comparison).toEqual({
      relation: 'differs',
      missing: ['include:Ours.example', '-all'],
      extra: ['+MX', 'include:theirs.example', '~all'],
    })
  })

  it('takes the policy of the record that is redirected to, where it is known', () => {
    const compared = (policy: '-' | '~' | null) =>
      compareSpf(
        'acme.example',
        'v=spf1 include:ours.example -all',
        'v=spf1 include:ours.example redirect=b.example',
        policy,
      )
    expect([compared('-').relation, compared('~').relation, compared(null).relation]).toEqual([
      'extends',
      'differs',
      'differs',
    ])
  })
})
