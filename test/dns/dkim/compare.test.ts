import {createPublicKey} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {servesAsDkim} from '../../../src/dns/dkim/compare.ts'
import {ed25519, otherRsa2048, rsa2048} from './keys.ts'

const record = `v=DKIM1; k=rsa; p=${rsa2048}`
const pem = createPublicKey({key: Buffer.from(rsa2048, 'base64'), format: 'der', type: 'spki'}).export({
  type: 'spki',
  format: 'pem',
})

describe('servesAsDkim', () => {
  it.each([
    ['the same text', record, record],
    ['other spacing and order', `v=DKIM1;t=y;p=${rsa2048.slice(0, 9)} ${rsa2048.slice(9)};k=rsa`, record],
    ['a stored key alone', record, rsa2048],
    ['a stored PEM', record, pem.toString()],
  ])('takes %s', (_, live, stored) => expect(servesAsDkim(live, stored)).toBe(true))

  it.each([
    ['another key', `p=${otherRsa2048}`, record],
    ['another kind of key', `k=ed25519; p=${ed25519}`, record],
    ['a revoked key', 'v=DKIM1; p=', record],
    ['a key that may not be used', `v=DKIM1; h=sha1; p=${rsa2048}`, record],
    ['anything where the stored key is none', record, 'v=DKIM1; p=AAAA'],
    ['anything where the stored PEM is none', record, '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['two that are none', '', ''],
  ])('does not take %s', (_, live, stored) => expect(servesAsDkim(live, stored)).toBe(false))
})
