import {isIP} from 'node:net'
import {isPlainName, queryName} from './wire/query-name.ts'

/**
 * The domain that is meant, as `queryName` gives it. Undefined for what is no name, and for an IP address: DNS would take
 * that for a name too, and say that there is none.
 */
export function domainOf(text: string): string | undefined {
  return isIP(text) === 0 ? queryName(text) : undefined
}

/** Whether a name can be asked for: labels of 1 to 63 bytes, 253 in all (RFC 1035 §2.3.4). */
export function isDnsName(name: string): boolean {
  if (isPlainName(name)) return true
  if (Buffer.byteLength(name) > 253) return false
  return name.split('.').every((label) => label !== '' && Buffer.byteLength(label) <= 63)
}

/** The name as it is compared: lower case, without the last dot. */
export function plainName(name: string): string {
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase()
}
