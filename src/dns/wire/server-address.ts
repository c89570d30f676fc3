import {getServers} from 'node:dns'
import {isIP} from 'node:net'
import {UsageError} from '../../rules/errors.ts'

/** Where a DNS server listens. */
export interface ServerAddress {
  address: string
  port: number
}

/** The port of DNS (RFC 1035 §4.2). */
export const dnsPort = 53

/**
 * Reads `192.0.2.53`, `192.0.2.53:5300`, `2001:db8::53` or `[2001:db8::53]:5300`.
 * @throws UsageError for anything else; a server has to be known by its address, not by a name
 */
export function parseServer(text: string): ServerAddress {
  const trimmed = text.trim()
  if (isIP(trimmed) !== 0) return {address: trimmed, port: dnsPort}
  const [, bracketed, plain, port = ''] = trimmed.match(/^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/) ?? []
  const address = bracketed ?? plain ?? ''
  const number = port === '' ? dnsPort : Number(port)
  const family = bracketed === undefined ? 4 : 6
  if (isIP(address) !== family || number < 1 || number > 65_535) throw notAServer(trimmed)
  return {address, port: number}
}

/** Reads a list of servers with commas between them, such as `PM_DNS_SERVERS` holds. */
export function parseServers(text: string): ServerAddress[] {
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(parseServer)
}

/** The servers that the operating system asks. */
export function systemServers(): ServerAddress[] {
  return getServers().map(parseServer)
}

/** How a server is called wherever it is evidence: the address, with the port where that is not 53. */
export function serverLabel({address, port}: ServerAddress): string {
  if (port === dnsPort) return address
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

function notAServer(text: string): UsageError {
  return new UsageError(`“${text}” is not the address of a DNS server.`, {
    hint: 'Give an IP address, with a port where it is not 53: 192.0.2.53, 192.0.2.53:5300 or [2001:db8::53]:5300.',
    details: {value: text},
  })
}
