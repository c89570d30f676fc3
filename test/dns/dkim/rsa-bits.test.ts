import {createPublicKey, generateKeyPairSync} from 'node:crypto'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {rsaBits} from '../../../src/dns/dkim/rsa-bits.ts'

const keys = [512, 1_023, 1_024, 2_048].map((modulusLength) => {
  const {publicKey} = generateKeyPairSync('rsa', {modulusLength})
  return {modulusLength, spki: publicKey.export({type: 'spki', format: 'der'})}
})

describe('rsaBits', () => {
  it('reads what OpenSSL writes', () => {
    expect(keys.map(({spki}) => rsaBits(spki))).toEqual(keys.map(({modulusLength}) => modulusLength))
  })

  it('leaves anything else to OpenSSL', () => {
    const {publicKey} = generateKeyPairSync('ed25519')
    const pkcs1 = generateKeyPairSync('rsa', {modulusLength: 512}).publicKey.export({type: 'pkcs1', format: 'der'})
    const others = [publicKey.export({type: 'spki', format: 'der'}), pkcs1, Buffer.alloc(0), Buffer.from([0x30])]
    expect(others.map(rsaBits)).toEqual([null, null, null, null])
  })

  it('never says of bytes what OpenSSL would not say', () => {
    const [, , {spki} = {spki: Buffer.alloc(0)}] = keys
    const at = fc.oneof(fc.nat(40), fc.nat(spki.length - 1))
    fc.assert(
      fc.property(fc.array(fc.tuple(at, fc.nat(255)), {minLength: 1, maxLength: 3}), fc.nat(3), (changes, cut) => {
        const bytes = Buffer.from(spki.subarray(0, spki.length - cut))
        for (const [place, value] of changes) if (place < bytes.length) bytes[place] = value
        const bits = rsaBits(bytes)
        if (bits === null) return
        const key = createPublicKey({key: bytes, format: 'der', type: 'spki'})
        expect(key.asymmetricKeyDetails?.modulusLength).toBe(bits)
        expect(key.export({type: 'spki', format: 'der'}).equals(bytes)).toBe(true)
      }),
      {numRuns: 3_000},
    )
  })
})
