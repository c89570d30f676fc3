import {describe, expect, it} from 'vitest'
import {compareDmarc} from '../../../src/dns/dmarc/compare.ts'

const stored = 'v=DMARC1; p=quarantine; rua=mailto:dmarc@acme.example'

describe('compareDmarc', () => {
  it.each([
    stored,
    'v=DMARC1;p=Quarantine;rua=mailto:dmarc@ACME.example;',
    'v=DMARC1; p=quarantine; sp=quarantine; adkim=r; fo=1; pct=100; rua=MAILTO:dmarc@acme.example',
  ])('takes “%s” for the same', (live) =>
    expect(compareDmarc(live, stored)).toEqual({relation: 'same', differences: []}),
  )

  it('does not care for the order of addresses', () => {
    const list = (...names: string[]) =>
      `v=DMARC1; p=none; rua=${names.map((name) => `mailto:${name}@acme.example`).join(', ')}`
    expect(compareDmarc(list('a', 'b'), list('b', 'a')).relation).toBe('same')
    expect(compareDmarc(list('a'), list('b', 'a'))).toEqual({
      relation: 'differs',
      differences: [{tag: 'rua', live: 'mailto:a@acme.example', stored: 'mailto:a@acme.example,mailto:b@acme.example'}],
    })
  })

  const rua = 'rua=mailto:dmarc@acme.example'
  it.each([
    ['weaker', `v=DMARC1; p=none; ${rua}`, ['p none quarantine', 'sp none quarantine', 'np none quarantine']],
    ['weaker', `v=DMARC1; p=quarantine; sp=none; ${rua}`, ['sp none quarantine', 'np none quarantine']],
    ['weaker', `v=DMARC1; p=quarantine; np=none; ${rua}`, ['np none quarantine']],
    ['stricter', `v=DMARC1; p=reject; sp=quarantine; ${rua}`, ['p reject quarantine']],
    [
      'differs',
      `v=DMARC1; p=reject; sp=none; ${rua}`,
      ['p reject quarantine', 'sp none quarantine', 'np none quarantine'],
    ],
    ['differs', `v=DMARC1; p=quarantine; t=y; ${rua}`, ['t y n']],
    ['differs', `v=DMARC1; p=quarantine; adkim=s; aspf=s; ${rua}`, ['adkim s r', 'aspf s r']],
    ['differs', 'v=DMARC1; p=quarantine', ['rua  mailto:dmarc@acme.example']],
    [
      'differs',
      `v=DMARC1; p=quarantine; psd=n; ${rua}; ruf=mailto:f@acme.example`,
      ['psd n u', 'ruf mailto:f@acme.example '],
    ],
    [
      'differs',
      'v=DMARC1; p=later',
      ['p nothing quarantine', 'sp nothing quarantine', 'np nothing quarantine', 'rua  mailto:dmarc@acme.example'],
    ],
  ])('finds %s in “%s”', (relation, live, differences) => {
    const found = compareDmarc(live, stored)
    expect(found.relation).toBe(relation)
    expect(found.differences.map((one) => `${one.tag} ${one.live} ${one.stored}`)).toEqual(differences)
  })

  it('compares what is no DMARC record by its text', () => {
    expect(compareDmarc('v=spf1 -all', stored).relation).toBe('differs')
    expect(compareDmarc(' v=DMARC1', ' v=DMARC1').relation).toBe('same')
  })
})
