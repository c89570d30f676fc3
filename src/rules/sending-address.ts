import {BlockList} from 'node:net'
import {UsageError} from './errors.ts'
import {ipVersion} from './ip-address.ts'

/**
 * What no mail can be sent from to the world (IANA's special-purpose registries, RFC 6890). Addresses for documentation
 * and benchmarks are not among it, though nobody has them: the sandbox is made of them.
 */
const unreachable: readonly [what: string, ...subnets: `${string}/${number}`[]][] = [
  ['unspecified', '0.0.0.0/8', '::/128'],
  ['a loopback address', '127.0.0.0/8', '::1/128'],
  ['private', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fec0::/10'],
  ['shared by customers of a provider', '100.64.0.0/10'],
  ['link-local', '169.254.0.0/16', 'fe80::/10'],
  ['a multicast address', '224.0.0.0/4', 'ff00::/8'],
  ['reserved', '192.0.0.0/24', '240.0.0.0/4', '100::/64'],
  ['an IPv4 address in the dress of IPv6', '64:ff9b::/96'],
]

const lists = unreachable.map(([what, ...subnets]) => {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [address = '', bits] = subnet.split('/')
    list.addSubnet(address, Number(bits), `ipv${ipVersion(address)}`)
  }
  return {what, list}
})

/** @param ip as `parseIpAddress` spells it. @throws UsageError for an address that nobody outside can be reached from */
export function assertMaySend(ip: string): void {
  // A list takes an IPv4 address and the same one mapped into IPv6 for each other, so that it cannot hold ::ffff:0:0/96.
  const mapped = ip.startsWith('::ffff:') ? 'an IPv4 address in the dress of IPv6' : undefined
  const is = mapped ?? lists.find(({list}) => list.check(ip, `ipv${ipVersion(ip)}`))?.what
  if (is === undefined) return
  throw new UsageError(`${ip} cannot be a sending IP: it is ${is}.`, {
    hint: 'Give the public address that receivers see.',
    details: {ip, is},
  })
}
