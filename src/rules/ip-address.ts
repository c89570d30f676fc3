import {isIP, SocketAddress} from 'node:net'
import {UsageError} from './errors.ts'

/**
 * The one spelling of an IP address that `pm` compares, stores and prints: dotted quad, or RFC 5952 for IPv6.
 * Zone ids, ports, CIDR suffixes and octal-looking quads are refused, never guessed at.
 * @throws UsageError when `text` is not an address.
 */
export function parseIpAddress(text: string): string {
  const trimmed = text.trim()
  const family = isIP(trimmed)
  if (family === 4) return trimmed
  if (family === 6 && !trimmed.includes('%')) return new SocketAddress({address: trimmed, family: 'ipv6'}).address
  throw new UsageError(`“${trimmed}” is not an IP address.`, {
    hint: 'Give one IPv4 or IPv6 address, such as 203.0.113.24 or 2001:db8::24.',
    details: {value: trimmed},
  })
}

/** Which version of IP an address is of. */
export function ipVersion(ip: string): 4 | 6 {
  return ip.includes(':') ? 6 : 4
}
