import type {Answer, Failed, Lookup} from '../answer.ts'
import {formatIp, parseIp} from '../ip-bytes.ts'

/** What a host name leads to. */
export interface HostAddresses {
  host: string
  /** IPv4 and IPv6, each in its one spelling. */
  addresses: readonly string[]
  /** The names its CNAMEs lead to, in order; none where it has addresses of its own. */
  targets: readonly string[]
  /** Whether it has an address; null where that could not be learned. */
  resolves: boolean | null
  answers: readonly [Answer<'A'>, Answer<'AAAA'>]
}

/** Asks for the addresses of a host, of both families. */
export async function resolveHost(lookup: Lookup, host: string): Promise<HostAddresses> {
  const answers = await Promise.all([lookup(host, 'A'), lookup(host, 'AAAA')])
  const addresses = answers.flatMap((answer) => {
    return answer.outcome === 'found' ? answer.records.map(({data}) => spelled(data)) : []
  })
  const targets = answers
    .map((answer) => (answer.outcome === 'failed' ? [] : answer.aliases))
    .find(({length}) => length > 0)
  const unsure = answers.some((answer) => answer.outcome === 'failed' && answer.reason !== 'bad name')
  return {
    host,
    addresses: [...new Set(addresses)],
    targets: targets?.map(({data}) => data) ?? [],
    resolves: addresses.length > 0 ? true : unsure ? null : false,
    answers,
  }
}

/** Why something about a host is not known. */
export function failureAt({answers}: HostAddresses): {type: 'A' | 'AAAA'; failed: Failed} | null {
  const [a, aaaa] = answers
  if (a.outcome === 'failed') return {type: 'A', failed: a}
  return aaaa.outcome === 'failed' ? {type: 'AAAA', failed: aaaa} : null
}

/** The one spelling of an address; what is none stays as it is. */
export function spelled(address: string): string {
  const bytes = parseIp(address)
  return bytes === null ? address : formatIp(bytes)
}
