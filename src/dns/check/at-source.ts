import {readDnsDocument} from '../../rules/dns-document.ts'
import type {RecordType} from '../answer.ts'
import type {DomainToCheck} from '../check-domain.ts'
import type {Dns} from '../dns.ts'
import type {LiveAnswer} from '../finding.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Expectation, expectationOf} from '../records/expectation.ts'
import {type RecordVerdict, verdictOf} from '../records/verdict.ts'
import {queryName} from '../wire/query-name.ts'
import {askAuthorities} from './authorities.ts'
import {findGround} from './ground.ts'
import {askCaches, checkRecords} from './records.ts'

/** What servers say of one record just now. */
export interface Seen {
  /** How the expected record stands by itself, whatever its family would say; null where none is expected there. */
  verdict: RecordVerdict | null
  live: readonly LiveAnswer[]
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
  if (checked) {
    const verdict = verdictOf(checked.expectation, checked.standing, checked.views, () => checked.findings[0])
    return {verdict, live: verdict.live}
  }
  const answers = await askAuthorities(ground, record)
  return {verdict: null, live: answers.map(liveAnswer)}
}

/** Where several are expected at one place, such as two MX, the one that is called so. */
function expectedAt({name, type, subject}: RecordAsked, document: unknown, domain: string): Expectation | undefined {
  const expectations = readDnsDocument(document ?? null).records.map((placed) => expectationOf(placed, domain))
  const there = expectations.filter((one) => one.name === name && one.type === type)
  return there.find((one) => one.subject === subject) ?? there[0]
}
