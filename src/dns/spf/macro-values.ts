import {formatIp, reverseParts} from '../ip-bytes.ts'
import type {MacroValue} from './expand-macros.ts'
import type {Identity} from './sender.ts'

/**
 * The values of the macros (RFC 7208 §7.2).
 * @param current the domain whose record is evaluated
 * @param validated the value of `p`
 */
export function macroValues(
  {ip, helo, local, domain, receiver, at}: Identity,
  current: string,
  validated: string,
): MacroValue {
  return (letter) => {
    switch (letter) {
      case 's':
        return `${local}@${domain}`
      case 'l':
        return local
      case 'o':
        return domain
      case 'd':
        return current
      case 'i':
        return reverseParts(ip).join('.').toUpperCase()
      case 'p':
        return validated
      case 'v':
        return ip.length === 4 ? 'in-addr' : 'ip6'
      case 'h':
        return helo
      case 'c':
        return formatIp(ip)
      case 'r':
        return receiver
      case 't':
        return String(Math.floor(at.getTime() / 1000))
    }
  }
}
