import type {Absent, Answer, Failed} from '../answer.ts'
import type {Dns} from '../dns.ts'
import type {Host} from './delegation.ts'

export interface Addresses {
  host: string
  addresses: readonly string[]
  /** What its name is an alias of; null where it is none, or its addresses came with the delegation. */
  alias: string | null
  /** Why there is none; null where there is one, or where all it has is IPv6 that cannot be reached from here. */
  problem: Absent | Failed | null
}

/** Where a name server listens: the addresses that came with the delegation, or those it has in DNS. */
export async function addressesOf({lookup, ipv6}: Dns, {name: host, glue}: Host): Promise<Addresses> {
  const usable = glue.filter((address) => ipv6 || !address.includes(':'))
  if (usable.length > 0) return {host, addresses: usable, alias: null, problem: null}
  const [four, six] = ipv6 ? await Promise.all([lookup(host, 'A'), lookup(host, 'AAAA')]) : [await lookup(host, 'A')]
  const addresses = [...dataOf(four), ...(six ? dataOf(six) : [])]
  const alias = four.outcome === 'failed' ? null : (four.aliases[0]?.data ?? null)
  // Glue that was left out is an address that it has.
  if (addresses.length > 0 || four.outcome === 'found' || glue.length > 0)
    return {host, addresses, alias, problem: null}
  if (four.outcome === 'failed') return {host, addresses, alias, problem: four}
  return {host, addresses, alias, problem: problemOf(four, six ?? (await lookup(host, 'AAAA')))}
}

/** There is no IPv4 address: then it has an IPv6 one, or none, or that could not be learned. */
function problemOf(four: Absent, six: Answer<'AAAA'>): Addresses['problem'] {
  if (six.outcome === 'found') return null
  return six.outcome === 'failed' ? six : four
}

function dataOf(answer: Answer<'A' | 'AAAA'>): readonly string[] {
  return answer.outcome === 'found' ? answer.records.map(({data}) => data) : []
}
