import {describe, expect, it} from 'vitest'
import {mergeSpf} from '../../../src/dns/spf/merge.ts'

const ours = 'v=spf1 include:_spf.ours.example -all'

function merge(live: readonly string[], wanted: readonly string[] = [ours], useless?: ReadonlyMap<string, string>) {
  return mergeSpf({domain: 'acme.example', live, wanted, ...(useless && {useless})})
}

describe('mergeSpf', () => {
  it.each<[string, string[], string]>([
    ['takes what is wanted where nothing is live', [], ours],
    ['puts ours before all', ['v=spf1 mx ~all'], 'v=spf1 mx include:_spf.ours.example -all'],
    ['changes nothing that is right', [ours], ours],
    [
      'makes one record of several',
      ['v=spf1 mx include:a.example ~all', 'v=spf1 include:b.example +MX ?all'],
      'v=spf1 mx include:a.example include:b.example include:_spf.ours.example -all',
    ],
    [
      'keeps a stricter policy than is wanted',
      ['v=spf1 mx -all', 'v=spf1 a ~all'],
      'v=spf1 mx a include:_spf.ours.example -all',
    ],
    [
      'keeps what refuses',
      ['v=spf1 -ip4:192.0.2.1 mx -all'],
      'v=spf1 -ip4:192.0.2.1 mx include:_spf.ours.example -all',
    ],
    [
      'puts ours before a redirect',
      ['v=spf1 redirect=b.example'],
      'v=spf1 include:_spf.ours.example redirect=b.example',
    ],
    [
      'makes includes of redirects that cannot stay',
      ['v=spf1 mx redirect=b.example', 'v=spf1 a ~all'],
      'v=spf1 mx a include:_spf.ours.example include:b.example -all',
    ],
    [
      'makes includes of two redirects',
      ['v=spf1 redirect=b.example', 'v=spf1 redirect=c.example'],
      'v=spf1 include:_spf.ours.example include:b.example include:c.example -all',
    ],
    [
      'keeps one explanation and modifiers it does not know',
      ['v=spf1 mx exp=why.example moo=cow -all', 'v=spf1 exp=other.example moo=cow -all'],
      'v=spf1 mx include:_spf.ours.example exp=why.example moo=cow -all',
    ],
    ['leaves a second version out', ['v=spf1 mx v=spf1 a -all'], 'v=spf1 mx a include:_spf.ours.example -all'],
    [
      'lets pass whom one record refuses and another does not',
      ['v=spf1 -ip4:192.0.2.1 mx -all', 'v=spf1 ip4:192.0.2.1 a -all'],
      'v=spf1 ip4:192.0.2.1 a mx include:_spf.ours.example -all',
    ],
    [
      'refuses after it has let pass',
      ['v=spf1 -ip4:192.0.2.0/24 mx -all', 'v=spf1 ip4:192.0.2.1 -all'],
      'v=spf1 ip4:192.0.2.1 -ip4:192.0.2.0/24 mx include:_spf.ours.example -all',
    ],
    [
      'lets pass whom only the other of two that refuse somebody refuses',
      ['v=spf1 -ip4:192.0.2.1 mx -all', 'v=spf1 ~a ip4:192.0.2.1 -all'],
      'v=spf1 ip4:192.0.2.1 mx ~a include:_spf.ours.example -all',
    ],
    [
      'leaves what one record refuses before it would let it pass',
      ['v=spf1 -ip4:192.0.2.1 mx ip4:192.0.2.1 -all'],
      'v=spf1 -ip4:192.0.2.1 mx include:_spf.ours.example -all',
    ],
    [
      'mends a tab between terms',
      ['v=spf1 mx\tipv4:192.0.2.1 \ta:x.example\t-all\t'],
      'v=spf1 mx ip4:192.0.2.1 a:x.example include:_spf.ours.example -all',
    ],
    ['lets ours pass where it was refused', ['v=spf1 -include:_spf.ours.example ~all'], ours],
  ])('%s', (_, live, record) => expect(merge(live).record).toBe(record))

  it.each([
    [['v=spf1 mx +all'], [], 'v=spf1 mx ~all'],
    [['v=spf1 mx'], [], 'v=spf1 mx ~all'],
    [['v=spf1 mx ?all'], [], 'v=spf1 mx ?all'],
    [['v=spf1 mx -all'], ['v=spf1 redirect=ours.example'], 'v=spf1 mx include:ours.example -all'],
    [['v=spf1 mx'], ['v=spf1 redirect=ours.example'], 'v=spf1 mx redirect=ours.example'],
    [
      ['v=spf1 redirect=b.example'],
      ['v=spf1 redirect=ours.example'],
      'v=spf1 include:b.example include:ours.example ~all',
    ],
  ])('makes of %j and %j: %s', (live, wanted, record) => expect(merge(live, wanted).record).toBe(record))

  it('mends slips, moves what stood after all, and says what it did', () => {
    const live = ['v=spf1 ipv4:192.0.2.1 moo include=b.example a:x.example-all mx mx ~all ptr redirect=c.example']
    expect(merge(live)).toEqual({
      record: 'v=spf1 ip4:192.0.2.1 include:b.example a:x.example mx ptr include:_spf.ours.example -all',
      added: ['include:_spf.ours.example'],
      moved: ['mx', 'ptr'],
      mended: [
        {from: 'ipv4:192.0.2.1', to: 'ip4:192.0.2.1'},
        {from: 'include=b.example', to: 'include:b.example'},
        {from: 'a:x.example-all', to: 'a:x.example -all'},
      ],
      dropped: [
        {term: 'mx', why: 'It stands there already.'},
        {term: 'redirect=c.example', why: 'It has no effect beside “all”.'},
      ],
      unread: ['moo'],
      policy: '-all',
    })
  })

  it('says what it cannot keep', () => {
    const live = ['v=spf1 mx ip4:198.51.100.0/33 include:mailer redirect=b.example redirect=c.example']
    expect(merge(live).unread).toEqual(['ip4:198.51.100.0/33', 'include:mailer', 'redirect=c.example'])
  })

  it('says that +all goes', () => {
    expect(merge(['v=spf1 +all'], []).dropped).toEqual([{term: '+all', why: 'It lets anybody send.'}])
  })

  it('leaves out what it is told authorises nobody, in any spelling', () => {
    const useless = new Map([['include:gone.example', 'gone.example has no SPF record.']])
    expect(merge(['v=spf1 +include:GONE.example. mx ~all'], [ours], useless)).toMatchObject({
      record: 'v=spf1 mx include:_spf.ours.example -all',
      dropped: [{term: '+include:GONE.example.', why: 'gone.example has no SPF record.'}],
    })
  })
})
