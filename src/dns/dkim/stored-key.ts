import {createPublicKey} from 'node:crypto'
import {isKeyType, looksLikeDkim, parseDkim} from './parse-record.ts'
import {type DkimKey, describeKey} from './public-key.ts'

/**
 * The key that mail is signed with, as it may be stored: a whole record, the base64 of its p=, or PEM. Null where it is
 * none of these.
 */
export function readStoredKey(stored: string): DkimKey | null {
  if (stored.includes('-----BEGIN PUBLIC KEY-----')) return pemKey(stored)
  const text = looksLikeDkim(stored) ? stored : `v=DKIM1; k=${bareKeyType(stored)}; p=${stored}`
  return parseDkim(text).key
}

/** The record that publishes a key. */
export function recordFor({type, der}: DkimKey): string {
  // Of an Ed25519 key only the 32 bytes are published (RFC 8463 §4.2).
  const bytes = type === 'ed25519' ? der.subarray(-32) : der
  return `v=DKIM1; k=${type}; p=${Buffer.from(bytes).toString('base64')}`
}

function bareKeyType(base64: string): string {
  return Buffer.from(base64, 'base64').length === 32 ? 'ed25519' : 'rsa'
}

function pemKey(pem: string): DkimKey | null {
  try {
    const key = createPublicKey(pem)
    const type = key.asymmetricKeyType ?? ''
    return isKeyType(type) ? describeKey(key, type) : null
  } catch {
    return null
  }
}
