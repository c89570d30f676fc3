import type {ResourceRecord} from '../answer.ts'
import type {Response} from '../wire/response.ts'
import {isBelow, isWithin} from '../zone-names.ts'
import type {Delegated} from './delegation.ts'

/**
 * The zone below, with its servers, to which a server of a zone refers for a name; undefined where it does not. AA makes
 * no difference: some servers set it on a referral too (RFC 2308 §2.2).
 */
export function referralFrom(response: Response, zone: string, name: string): Delegated | undefined {
  if (!saysNothing(response)) return undefined
  const servers = response.authorities.filter(
    (record): record is ResourceRecord<'NS'> =>
      record.type === 'NS' && isBelow(record.name, zone) && isWithin(name, record.name),
  )
  const [first] = servers
  if (!first) return undefined
  const hosts = servers
    .filter((record) => record.name === first.name)
    .map(({data}) => ({name: data, glue: glueOf(response, data)}))
  return {outcome: 'delegated', zone: first.name, parent: zone, hosts}
}

/** Neither an answer nor the SOA that proves that there is none. What is said without authority is only passed on. */
function saysNothing({rcode, authoritative, answers, authorities}: Response): boolean {
  if (rcode !== 'NOERROR' || (authoritative && answers.length > 0)) return false
  return !authorities.some(({type}) => type === 'SOA')
}

/** The addresses of a name server that came with the response. */
export function glueOf({additionals}: Response, host: string): string[] {
  return additionals.flatMap(({name, type, data}) =>
    name === host && (type === 'A' || type === 'AAAA') && typeof data === 'string' ? [data] : [],
  )
}
