import type {Lookup} from '../answer.ts'
import {plainName} from '../domain-name.ts'
import {effectiveTerms} from './effective-terms.ts'
import {expandDomain} from './expand-macros.ts'
import {type HostFacts, hostFacts} from './host-facts.ts'
import {parseRecord} from './parse-record.ts'
import type {Published, RecordSource} from './published.ts'
import type {DomainSpec, SpfRecord, Term} from './record.ts'
import {limitedInTime} from './time-limit.ts'

/** A domain's record, read, and the names its terms are about. */
export interface SurveyedRecord {
  published: Published
  /** Null where there is not exactly one. */
  record: SpfRecord | null
  /** The name each term that can have an effect is about; null where a macro makes it another for every message. */
  targets: ReadonlyMap<Term, string | null>
}

/** All that the records at and below a domain say. */
export interface Survey {
  domain: string
  /** The record of the domain itself. */
  root: SurveyedRecord
  /** By name, in lower case; the domain's own too. */
  records: ReadonlyMap<string, SurveyedRecord>
  /** By mechanism and name: `mx example.com`. */
  hosts: ReadonlyMap<string, HostFacts>
  /** Whether the time for it was over before everything was asked for. */
  isCut: boolean
}

/** Records, and hosts, that are asked for at most: no tree that works has as many. */
const most = 40

/**
 * Asks for everything an evaluation could ask for, whoever the sender: level by level, each thing once, and for 20 s at
 * most; what is left then is not known.
 */
export async function surveySpf(lookup: Lookup, source: RecordSource, domain: string): Promise<Survey> {
  const sources = limitedInTime({lookup, records: source})
  const records = new Map<string, SurveyedRecord>()
  const hosts = new Map<string, HostFacts>()
  const root = await surveyRecord(sources.records, plainName(domain), domain)
  let level = [root]
  while (level.length > 0) {
    for (const [name, record] of level) records.set(name, record)
    const targets = level.flatMap(([, record]) => [...record.targets])
    const named = hostsNamed(targets)
    if (named.length > 0) await addHosts(sources.lookup, named, hosts)
    const names = below(targets, records)
    level = names.length > 0 ? await Promise.all(names.map((name) => surveyRecord(sources.records, name, domain))) : []
  }
  return {domain: root[0], root: root[1], records, hosts, isCut: sources.isCut()}
}

async function surveyRecord(source: RecordSource, name: string, origin: string): Promise<[string, SurveyedRecord]> {
  const published = await source(name)
  const [text, ...more] = published.outcome === 'records' ? published.records : []
  if (text === undefined || more.length > 0) return [name, {published, record: null, targets: new Map()}]
  const record = parseRecord(text)
  const targets = new Map<Term, string | null>()
  for (const term of effectiveTerms(record.terms)) {
    if ('domain' in term && term.name !== 'exp') targets.set(term, staticTarget(term.domain, name, origin))
  }
  return [name, {published, record, targets}]
}

/** The name a domain-spec stands for where it is the same for every message from `origin`. */
function staticTarget(spec: DomainSpec | null, domain: string, origin: string): string | null {
  if (spec === null) return domain
  const dynamic = spec.parts.some((part) => typeof part !== 'string' && part.letter !== 'd' && part.letter !== 'o')
  return dynamic ? null : expandDomain(spec, (letter) => (letter === 'd' ? domain : origin))
}

type Target = readonly [Term, string | null]

/** A mechanism that asks for addresses, and the name it asks about. */
interface Named {
  name: 'a' | 'mx' | 'exists'
  target: string
}

function hostsNamed(targets: readonly Target[]): Named[] {
  return targets.flatMap(([{name}, target]) =>
    target !== null && (name === 'a' || name === 'mx' || name === 'exists') ? [{name, target: plainName(target)}] : [],
  )
}

async function addHosts(lookup: Lookup, named: readonly Named[], hosts: Map<string, HostFacts>): Promise<void> {
  const fresh = new Map(named.map((host) => [`${host.name} ${host.target}`, host]))
  for (const key of hosts.keys()) fresh.delete(key)
  const chosen = [...fresh].slice(0, most - hosts.size)
  const facts = await Promise.all(chosen.map(([, {name, target}]) => hostFacts(lookup, name, target)))
  for (const [at, [key]] of chosen.entries()) {
    const found = facts[at]
    if (found) hosts.set(key, found)
  }
}

function below(targets: readonly Target[], records: ReadonlyMap<string, SurveyedRecord>): string[] {
  const names = targets.flatMap(([{name}, target]) =>
    target !== null && (name === 'include' || name === 'redirect') ? [plainName(target)] : [],
  )
  const unseen = [...new Set(names)].filter((name) => !records.has(name))
  return unseen.slice(0, most - records.size)
}
