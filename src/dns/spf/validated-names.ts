import type {Lookup} from '../answer.ts'
import {isDnsName} from '../domain-name.ts'
import {type IpBytes, parseIp} from '../ip-bytes.ts'

/** PTR names that are looked at; the rest are ignored (RFC 7208 §4.6.4). */
const maxNames = 10

/** Of the names that an address claims, those that lead back to it, in order. A name that cannot be asked for is left out. */
export async function validatedNames(lookup: Lookup, ip: IpBytes, names: readonly string[]): Promise<string[]> {
  const candidates = names.slice(0, maxNames).filter(isDnsName)
  const confirmed = await Promise.all(candidates.map((name) => leadsTo(lookup, name, ip)))
  return candidates.filter((_, at) => confirmed[at])
}

async function leadsTo(lookup: Lookup, name: string, ip: IpBytes): Promise<boolean> {
  const answer = await lookup(name, ip.length === 4 ? 'A' : 'AAAA')
  if (answer.outcome !== 'found') return false
  return answer.records.some(({data}) => sameIp(parseIp(data), ip))
}

function sameIp(found: IpBytes | null, ip: IpBytes): boolean {
  return found !== null && Buffer.compare(found, ip) === 0
}
