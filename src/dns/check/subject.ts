import type {ExpectedRecord} from '../../rules/dns-record.ts'
import type {blocklistCheck} from '../blocklist/check.ts'
import type {ExtraTarget} from '../extras/extra.ts'
import type {Finding} from '../finding.ts'
import type {Publishing} from '../publishing.ts'
import type {Expectation} from '../records/expectation.ts'
import type {Checked} from '../report.ts'
import type {SendingIp} from '../spf/situation.ts'
import type {Section} from './domain-check.ts'
import type {Ground} from './ground.ts'

/** What the families of checks need to know of a domain. */
export interface Subject {
  ground: Ground
  /** What is stored and due. */
  targets: readonly Target[]
  senders: readonly SendingIp[]
}

/** What is checked beyond the records that mail needs. */
export interface More {
  /** MTA-STS, TLS-RPT, BIMI, DNSSEC and CAA; without `fetchText` the policy of MTA-STS is left out. */
  extras?: Pick<ExtraTarget, 'fetchText'>
  /** The names of the sending addresses, and whether they or the domain are on blocklists; one such check for a run. */
  blocklists?: ReturnType<typeof blocklistCheck>
}

/** What one family of checks found, and for which expected records of the document. */
export interface FamilyFindings {
  section: Section
  positions: readonly number[]
  findings: readonly Finding[]
}

/** A check of a family, under way. */
export interface FamilyCheck<Facts = unknown> extends Omit<FamilyFindings, 'findings'> {
  /** What it is about. */
  name: string
  checked: Promise<Checked<Facts>>
}

/** A name, and the records of one type that are stored for it. */
export interface Target {
  type: ExpectedRecord['record_type']
  name: string
  stored: readonly Expectation[]
}

/** What is stored, put together by type and name. */
export function targetsOf(expectations: readonly Expectation[]): Target[] {
  const groups = Map.groupBy(expectations, ({record, name}) => `${record.record_type} ${name}`)
  return [...groups.values()].flatMap((stored) => {
    const [first] = stored
    return first ? [{type: first.record.record_type, name: first.name, stored}] : []
  })
}

/** The names that have stored records of a type. */
export function storedTargets({targets}: Subject, wanted: ExpectedRecord['record_type']): Target[] {
  return targets.filter(({type}) => type === wanted)
}

/** The same, and a name that matters also where nothing is stored for it. */
export function targetsWith(own: string, subject: Subject, type: ExpectedRecord['record_type']): Target[] {
  const stored = storedTargets(subject, type)
  return stored.some(({name}) => name === own) ? stored : [{type, name: own, stored: []}, ...stored]
}

/** How the records of a domain are published. */
export function publishing({zone}: Ground, domain: string, [expectation]: readonly Expectation[]): Publishing {
  return {domain, zone: zone?.name ?? domain, ttl: expectation?.record.ttl ?? 3600}
}

export function positionsOf({stored}: Target): number[] {
  return stored.map(({position}) => position)
}
