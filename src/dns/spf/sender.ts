import {type IpBytes, parseIp, unmapIp4} from '../ip-bytes.ts'

/** Who wants to send. */
export interface Sender {
  /** The address of the connection. */
  ip: string
  /** The name given in HELO or EHLO. */
  helo: string
  /** The MAIL FROM address; empty for a bounce, which makes HELO the identity that is checked (RFC 7208 §2.4). */
  mailFrom: string
  /** The host that checks, for explanations. */
  receiver?: string
  /** When it checks, for explanations. */
  at?: Date
}

/** A sender as the macros see it (RFC 7208 §7.2). */
export interface Identity {
  ip: IpBytes
  helo: string
  local: string
  domain: string
  receiver: string
  at: Date
}

/** @throws RangeError when the address of the connection is none: the caller has not parsed it */
export function identityOf({ip, helo, mailFrom, receiver = 'unknown', at = new Date()}: Sender): Identity {
  const bytes = parseIp(ip)
  if (bytes === null) throw new RangeError(`not an IP address: ${ip}`)
  const sign = mailFrom.lastIndexOf('@')
  const local = mailFrom.slice(0, Math.max(0, sign)) || 'postmaster'
  const domain = (mailFrom.slice(sign + 1) || helo).replace(/\.$/, '')
  return {ip: unmapIp4(bytes), helo, local, domain, receiver, at}
}
