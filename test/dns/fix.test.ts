import {describe, expect, it} from 'vitest'
import {fixOf, quotedStrings} from '../../src/dns/fix.ts'

const spf = {name: 'acme.example', zone: 'acme.example', type: 'TXT', value: 'v=spf1 -all', ttl: 3600} as const

describe('fixOf', () => {
  it('says the zone itself as @, and the record in every form', () => {
    expect(fixOf(spf)).toEqual({
      host: '@',
      name: 'acme.example',
      type: 'TXT',
      value: 'v=spf1 -all',
      ttl: 3600,
      zone_line: 'acme.example. 3600 IN TXT "v=spf1 -all"',
      command: null,
    })
  })

  it('says a name below the zone relative to it, whatever its case, and another name whole', () => {
    const host = (name: string) => fixOf({...spf, name}).host
    expect(host('s1._domainkey.ACME.example')).toBe('s1._domainkey')
    expect(host('notacme.example')).toBe('notacme.example')
  })

  it('leaves the data of other types as it is', () => {
    const mx = fixOf({...spf, type: 'MX', value: '10 mail.example.net.'})
    expect(mx).toMatchObject({
      value: '10 mail.example.net.',
      zone_line: 'acme.example. 3600 IN MX 10 mail.example.net.',
    })
  })
})

describe('quotedStrings', () => {
  it('cuts at 255 bytes', () => {
    expect(quotedStrings('a'.repeat(255))).toBe(`"${'a'.repeat(255)}"`)
    expect(quotedStrings('a'.repeat(600))).toBe(`"${'a'.repeat(255)}" "${'a'.repeat(255)}" "${'a'.repeat(90)}"`)
  })

  it('keeps an empty record one empty string', () => expect(quotedStrings('')).toBe('""'))

  it('escapes what would end the string, and all that is not plain ASCII, byte by byte', () => {
    expect(quotedStrings('a"b\\c\u0007é; d')).toBe('"a\\"b\\\\c\\007\\195\\169; d"')
  })

  it('counts bytes, not letters', () => {
    expect(quotedStrings('é'.repeat(128))).toBe(`"${'\\195\\169'.repeat(127)}\\195" "\\169"`)
  })
})
