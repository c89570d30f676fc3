import {describe, expect, it} from 'vitest'
import {suffixOrganisation} from '../../../src/dns/dmarc/organisation.ts'
import {conformanceData} from '../../support/conformance-data.ts'

/** `checkPublicSuffix('b.example.com', 'example.com');` */
function vectors(file: string): [name: string, organisation: string | null][] {
  return [...file.matchAll(/^checkPublicSuffix\((null|'[^']*'), (null|'[^']*')\);/gm)].flatMap(
    ([, name, organisation]) =>
      name === undefined || name === 'null'
        ? []
        : [[name.slice(1, -1), organisation === 'null' ? null : (organisation?.slice(1, -1) ?? null)]],
  )
}

const file = conformanceData('test_psl.txt')

describe('suffixOrganisation', () => {
  it.each([
    ['acme.example', 'acme.example'],
    ['a.b.acme.co.uk', 'acme.co.uk'],
    ['co.uk', null],
    ['shop.acme.github.io', 'acme.github.io'],
    ['MAIL.Acme.Com', 'acme.com'],
    ['.acme.com', null],
    ['192.0.2.1', null],
    ['', null],
  ])('of %s is %s', async (name, organisation) => expect(await suffixOrganisation(name)).toBe(organisation))

  const skipped = file === null ? ' (not tried: test_psl.txt is not at hand)' : ''
  it.skipIf(file === null)(`agrees with every vector of the public suffix list${skipped}`, async () => {
    const cases = vectors(file ?? '')
    expect(cases.length).toBeGreaterThan(70)
    expect(await Promise.all(cases.map(async ([name]) => [name, await suffixOrganisation(name)]))).toEqual(cases)
  })
})
