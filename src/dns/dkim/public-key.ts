import {createPrivateKey, createPublicKey, hash, type KeyObject} from 'node:crypto'
import {rsaBits} from './rsa-bits.ts'

export type KeyType = 'rsa' | 'ed25519'

export interface DkimKey {
  type: KeyType
  /** Of the modulus for RSA; 256 for Ed25519. */
  bits: number
  /** The SubjectPublicKeyInfo in DER, the same bytes however the key was written: what keys are compared by. */
  der: Uint8Array
}

/** Whether two keys are the same, however each was written. */
export function isSameKey(one: DkimKey | null, other: DkimKey | null): boolean {
  return one !== null && other !== null && Buffer.compare(one.der, other.der) === 0
}

/** `sha256:1a2b3c4d5e6f7081`: enough to tell keys apart. */
export function fingerprint({der}: DkimKey): string {
  return `sha256:${hash('sha256', der).slice(0, 16)}`
}

/** Bytes that are no key of the kind they are said to be. */
export interface NoKey {
  problem: 'bad' | 'private' | 'truncated' | 'wrong type'
  /** What follows “It is no key:”. */
  reason: string
}

/** The key in the bytes of a p= tag: RSA as SubjectPublicKeyInfo or PKCS #1 (RFC 6376 §3.6.1), Ed25519 raw (RFC 8463 §4.2). */
export function readKey(bytes: Uint8Array, type: KeyType): DkimKey | NoKey {
  const bits = type === 'rsa' ? rsaBits(bytes) : null
  if (bits !== null) return {type, bits, der: bytes}
  const key = type === 'ed25519' ? ed25519Key(bytes) : rsaKey(bytes)
  return key?.asymmetricKeyType === type ? describeKey(key, type) : whyNoKey(bytes, type)
}

export function describeKey(key: KeyObject, type: KeyType): DkimKey {
  const der = key.export({type: 'spki', format: 'der'})
  const bits = type === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 256
  return {type, bits, der}
}

/** How long the DER structure at the start of the bytes says it is, in bytes; null where there is none. */
function derLength(bytes: Uint8Array): number | null {
  const [tag, first] = bytes
  if (tag !== 0x30 || first === undefined) return null
  if (first < 0x80) return 2 + first
  const count = first & 0x7f
  if (count === 0 || count > 3 || bytes.length < 2 + count) return null
  return bytes.subarray(2, 2 + count).reduce((length, byte) => length * 256 + byte, 0) + 2 + count
}

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410 §4). */
const ed25519Header = Buffer.from('302a300506032b6570032100', 'hex')

function ed25519Key(bytes: Uint8Array): KeyObject | null {
  return bytes.length === 32 ? derKey(Buffer.concat([ed25519Header, bytes]), 'spki') : null
}

/** Node reads a PKCS #1 public key out of a private one too; that is not what is published here. */
function rsaKey(bytes: Uint8Array): KeyObject | null {
  return derKey(bytes, 'spki') ?? (isPrivateKey(bytes) ? null : derKey(bytes, 'pkcs1'))
}

function derKey(bytes: Uint8Array, type: 'spki' | 'pkcs1'): KeyObject | null {
  try {
    return createPublicKey({key: Buffer.from(bytes), format: 'der', type})
  } catch {
    return null
  }
}

function isPrivateKey(bytes: Uint8Array): boolean {
  return (['pkcs8', 'pkcs1'] as const).some((type) => {
    try {
      createPrivateKey({key: Buffer.from(bytes), format: 'der', type})
      return true
    } catch {
      return false
    }
  })
}

function whyNoKey(bytes: Uint8Array, type: KeyType): NoKey {
  if (isPrivateKey(bytes)) return {problem: 'private', reason: 'it is a private key'}
  const other = bytes.length === 32 ? 'ed25519' : rsaKey(bytes)?.asymmetricKeyType
  if (other && other !== type) return {problem: 'wrong type', reason: `it is a key for k=${other}`}
  const length = derLength(bytes)
  if (length !== null && length > bytes.length) {
    return {problem: 'truncated', reason: `it is the first ${bytes.length} of ${length} bytes of a key`}
  }
  if (type === 'rsa') return {problem: 'bad', reason: `its ${bytes.length} bytes are no RSA public key`}
  const header = other ? ', without the header that stands before them here' : ''
  return {problem: 'bad', reason: `an Ed25519 key is 32 bytes${header}, and this is ${bytes.length}`}
}
