import {readDnsDocument} from '../../rules/dns-document.ts'
import type {RecordType} from '../answer.ts'
import type {DomainToCheck} from '../check-domain.ts'
import type {Dns} from '../dns.ts'
import type {LiveAnswer} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {evidenceOf} from '../records/evidence.ts'
import {expectationOf} from '../records/expectation.ts'
import type {RecordState} from '../records/state.ts'
import {findGround} from './ground.ts'
import {checkRecords} from './records.ts'

/** What servers say of one record just now. */
export interface Seen {
  /** How the expected record stands; null where none is expected there. */
  state: RecordState | null
  live: readonly LiveAnswer[]
  /** Seconds until those who remember something else have forgotten it. */
  retry_after_s: number | null
}

/**
 * Asks for one record of a domain: the authorities, and where it is expected the resolvers too.
 * @param record by its whole name
 */
export async function lookAtRecord(
  dns: Dns,
  {domain, document}: Pick<DomainToCheck, 'domain' | 'document'>,
  record: {name: string; type: RecordType; subject: string},
): Promise<Seen> {
  const ground = await findGround(dns, domain)
  const expectations = readDnsDocument(document).records.map((placed) => expectationOf(placed, ground.domain))
  const alike = expectations.filter(({name, type}) => name === record.name && type === record.type)
  const expectation = alike.find(({subject}) => subject === record.subject) ?? alike[0]
  if (!expectation) {
    const authorities = ground.zone?.authorities ?? []
    const answers = await Promise.all(authorities.map(({lookup}) => lookup(record.name, record.type)))
    return {state: null, live: answers.map(liveAnswer), retry_after_s: null}
  }
  const [checked] = await checkRecords(dns, ground, [expectation])
  if (!checked) throw new Error('An expected record was not checked.')
  const {standing, views} = checked
  return {state: standing.state, live: evidenceOf(expectation, views), retry_after_s: standing.wait}
}
