import {type Behaviour, txtRecord} from './fake-server.ts'

/** A resolver that knows one blocklist, which works and lists one address. */
export function listing(ip: string, zone = 'zen.spamhaus.org', why?: string): Behaviour {
  const listed = new Set([`2.0.0.127.${zone}`, `${ip.split('.').reverse().join('.')}.${zone}`])
  return ({question: {name, type}, reply}) => {
    const isListed = type === 'A' && listed.has(name)
    const text = why !== undefined && type === 'TXT' && listed.has(name) ? [txtRecord(name, why)] : []
    reply({
      rcode: isListed || text.length > 0 ? 'NOERROR' : 'NXDOMAIN',
      authoritative: false,
      recursionAvailable: true,
      answers: isListed ? [{name, type: 'A', ttl: 60, data: '127.0.0.2'}] : text,
    })
  }
}
