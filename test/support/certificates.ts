import {generateKeyPairSync, type KeyObject, randomBytes, sign} from 'node:crypto'

/** A certificate authority of a test, which node and PostgreSQL trust only where they are told to. */
export interface Authority {
  name: string
  key: KeyObject
  /** PEM, as `sslrootcert` names it. */
  certificate: string
}

/** A certificate and its key, both PEM. */
export interface Issued {
  certificate: string
  key: string
}

const day = 86_400_000

export function makeAuthority(name: string): Authority {
  const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  const constraints = sequence(oid('551d13'), der(0x01, '\xff'), octets(sequence(der(0x01, '\xff'))))
  return {
    name,
    key: privateKey,
    certificate: certificate({issuer: name, subject: name, publicKey, extension: constraints, key: privateKey}),
  }
}

/** A server's certificate for these names and IPv4 addresses; valid since yesterday, for `days` from now. */
export function issueCertificate(
  authority: Authority,
  {names = [], addresses = [], days = 2}: {names?: string[]; addresses?: string[]; days?: number},
): Issued {
  const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  const alternatives = [
    ...names.map((name) => der(0x82, name)),
    ...addresses.map((address) => der(0x87, Buffer.from(address.split('.').map(Number)))),
  ]
  const extension = sequence(oid('551d11'), octets(sequence(...alternatives)))
  const subject = names[0] ?? addresses[0] ?? 'nobody'
  return {
    certificate: certificate({issuer: authority.name, subject, publicKey, extension, key: authority.key, days}),
    key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
  }
}

interface Parts {
  issuer: string
  subject: string
  publicKey: KeyObject
  extension: Buffer
  key: KeyObject
  days?: number
}

/** X.509 (RFC 5280, 4.1), which node can read but not write, with one extension and an ECDSA signature. */
function certificate({issuer, subject, publicKey, extension, key, days = 2}: Parts): string {
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
  const facts = sequence(
    der(0xa0, der(0x02, '\x02')),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(utcTime(Date.now() - 2 * day), utcTime(Date.now() + days * day)),
    commonName(subject),
    publicKey.export({type: 'spki', format: 'der'}),
    der(0xa3, sequence(extension)),
  )
  const signature = Buffer.concat([Buffer.of(0), sign('sha256', facts, key)])
  return pem(sequence(facts, ecdsaWithSha256, der(0x03, signature)))
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, name))))
}

function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/\D/g, '')
  return der(0x17, `${digits.slice(2, 14)}Z`)
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function octets(content: Buffer): Buffer {
  return der(0x04, content)
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function der(tag: number, content: Buffer | string): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
  return Buffer.concat([Buffer.of(tag), lengthOf(bytes), bytes])
}

// In as few bytes as will do (X.690, 10.1).
function lengthOf({length}: Buffer): Buffer {
  if (length < 0x80) return Buffer.of(length)
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff)
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
