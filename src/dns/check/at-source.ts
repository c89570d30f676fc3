import {readDnsDocument} from '../../rules/dns-document.ts'
import type {RecordType} from '../answer.ts'
import type {DomainToCheck} from '../check-domain.ts'
import type {Dns} from '../dns.ts'
import type {LiveAnswer} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {evidenceOf} from '../records/evidence.ts'
import {type Expectation, expectationOf} from '../records/expectation.ts'
import type {RecordState} from '../records/state.ts'
import {queryName} from '../wire/query-name.ts'
import {askAuthorities} from './authorities.ts'
import {findGround} from './ground.ts'
import {askCaches, checkRecords} from './records.ts'

/** What servers say of one record just now. */
export interface Seen {
  /** How the expected record stands; null where none is expected there. */
  state: RecordState | null
  live: readonly LiveAnswer[]
  /** Seconds until those who remember something else have forgotten it. */
  retry_after_s: number | null
}

/** Which record. */
interface RecordAsked {
  /** The whole name. */
  name: string
  type: RecordType
  /** What it is called in findings. */
  subject: string
}

/**
 * Asks for one record of a domain: the authorities, and where it is expected the resolvers too.
 */
export async function lookAtRecord(
  dns: Dns,
  {domain, document}: Pick<DomainToCheck, 'domain' | 'document'>,
  record: RecordAsked,
): Promise<Seen> {
  const expectation = expectedAt(record, document, queryName(domain) ?? domain)
  const expectations = expectation ? [expectation] : []
  const caches = askCaches(dns, expectations)
  const ground = await findGround(dns, domain)
  const [checked] = await checkRecords(ground, caches, expectations)
  if (expectation && checked) {
    const {standing, views} = checked
    return {state: standing.state, live: evidenceOf(expectation, views), retry_after_s: standing.wait}
  }
  const answers = await askAuthorities(ground, record)
  return {state: null, live: answers.map(liveAnswer), retry_after_s: null}
}

/** Where several are expected at one place, such as two MX, the one that is called so. */
function expectedAt({name, type, subject}: RecordAsked, document: unknown, domain: string): Expectation | undefined {
  const expectations = readDnsDocument(document ?? null).records.map((placed) => expectationOf(placed, domain))
  const there = expectations.filter((one) => one.name === name && one.type === type)
  return there.find((one) => one.subject === subject) ?? there[0]
}
