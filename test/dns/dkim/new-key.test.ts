import {createPrivateKey, createPublicKey, sign, verify} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {newDkimKey} from '../../../src/dns/dkim/new-key.ts'
import {parseDkim} from '../../../src/dns/dkim/parse-record.ts'
import {isSameKey} from '../../../src/dns/dkim/public-key.ts'
import {nextSelector} from '../../../src/rules/next-selector.ts'

describe('newDkimKey', () => {
  it.each([
    ['rsa', 2048, /^v=DKIM1; k=rsa; p=MII[A-Za-z0-9+/]+=*$/],
    ['ed25519', 256, /^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/],
  ] as const)(
    'makes an %s pair of which the published half verifies what the private half signs',
    async (type, bits, shape) => {
      const {record, privateKey, publicKey, key} = await newDkimKey(type)
      const published = parseDkim(record)
      expect(record).toMatch(shape)
      expect(published).toMatchObject({key: {type, bits}, base64: publicKey, problems: []})
      expect(isSameKey(published.key, key)).toBe(true)
      expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)

      const algorithm = type === 'rsa' ? 'sha256' : null
      const signature = sign(algorithm, Buffer.from('mail'), createPrivateKey(privateKey))
      const der = Buffer.from(published.key?.der ?? [])
      expect(
        verify(algorithm, Buffer.from('mail'), createPublicKey({key: der, format: 'der', type: 'spki'}), signature),
      ).toBe(true)
    },
  )

  it('makes another one each time', async () => {
    const [one, other] = await Promise.all([newDkimKey('ed25519'), newDkimKey('ed25519')])
    expect(one.record).not.toBe(other.record)
  })
})

describe('nextSelector', () => {
  it.each([
    ['pm1', [], 'pm2'],
    ['pm1', ['pm1', 'pm2', 'PM3'], 'pm4'],
    ['pm9', [], 'pm10'],
    ['default', [], 'default2'],
    ['default', ['default2'], 'default3'],
    ['2026', [], '2027'],
    ['S1', [], 's2'],
    ['a'.repeat(63), [], `${'a'.repeat(62)}2`],
    [`${'a'.repeat(62)}9`, [], `${'a'.repeat(61)}10`],
  ])('follows %s, when %j are taken, with %s', (current, taken, next) =>
    expect(nextSelector(current, taken)).toBe(next),
  )
})
