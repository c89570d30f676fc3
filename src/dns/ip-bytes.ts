import {isIP, isIPv4, SocketAddress} from 'node:net'

/** An address: four bytes of IPv4, sixteen of IPv6. */
export type IpBytes = Uint8Array

/** The bytes of an address, or null where `text` is none. Zone ids (`fe80::1%eth0`) are refused. */
export function parseIp(text: string): IpBytes | null {
  if (text.includes('%')) return null
  const family = isIP(text)
  if (family === 4) return Uint8Array.from(text.split('.'), Number)
  return family === 6 ? parseIp6(text) : null
}

/** The address as people write it: dotted quad, or RFC 5952. */
export function formatIp(ip: IpBytes): string {
  if (ip.length === 4) return ip.join('.')
  const address = reverseParts(ip)
    .join('')
    .replaceAll(/(.{4})(?=.)/g, '$1:')
  return new SocketAddress({address, family: 'ipv6'}).address
}

/** The IPv4 address inside an IPv4-mapped IPv6 one (`::ffff:192.0.2.1`); any other address as it is. */
export function unmapIp4(ip: IpBytes): IpBytes {
  const mapped = ip.length === 16 && ip.subarray(0, 10).every((byte) => byte === 0) && ip[10] === 255 && ip[11] === 255
  return mapped ? ip.subarray(12) : ip
}

/** Whether `ip` lies in the network; never, where one is IPv4 and the other IPv6. */
export function inNetwork(ip: IpBytes, network: IpBytes, prefix: number): boolean {
  if (ip.length !== network.length) return false
  const masked = maskIp(network, prefix)
  return maskIp(ip, prefix).every((byte, at) => byte === masked[at])
}

/** The address with every bit after the prefix set to 0. */
export function maskIp(ip: IpBytes, prefix: number): IpBytes {
  return ip.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - at * 8))))
}

/** The parts a reverse name is made of, the most significant first: bytes of IPv4, nibbles of IPv6. */
export function reverseParts(ip: IpBytes): string[] {
  if (ip.length === 4) return Array.from(ip, String)
  return Array.from(ip, (byte) => byte.toString(16).padStart(2, '0')).flatMap((pair) => pair.split(''))
}

/** Where the PTR records of an address are: `1.2.0.192.in-addr.arpa`, or 32 nibbles before `ip6.arpa` (RFC 3596 §2.5). */
export function reverseName(ip: IpBytes): string {
  return [...reverseParts(ip).reverse(), ip.length === 4 ? 'in-addr' : 'ip6', 'arpa'].join('.')
}

function parseIp6(text: string): IpBytes {
  const [head = '', tail] = text.split('::')
  const front = groups(head)
  const back = tail === undefined ? [] : groups(tail)
  const bytes = new Uint8Array(16)
  bytes.set(front)
  bytes.set(back, 16 - back.length)
  return bytes
}

function groups(text: string): number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (isIPv4(group)) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 255]
  })
}
