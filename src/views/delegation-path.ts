import type {DelegationPath, ServerAsked, ZoneSeen} from '../dns/delegation/path.ts'
import {fieldsSection, type Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import {type CheckOutcome, checkOutcomes, outcomeOf} from '../rules/check-outcome.ts'
import {findingView, levelMarks, outcomeCell} from './domain-check.ts'

/** The way to a domain, and what it came to. */
export interface TracedDomain extends DelegationPath {
  outcome: CheckOutcome
}

export function tracedDomain(path: DelegationPath): TracedDomain {
  return {...path, outcome: outcomeOf(path.findings)}
}

const zoneView: View<ZoneSeen> = {
  noun: 'zone',
  plural: 'zones',
  name: 'zone',
  fields: {zone: {kind: 'text'}, hosts: {kind: 'json'}},
  table: ['zone'],
}

const serverView: View<ServerAsked> = {
  noun: 'name server',
  plural: 'name servers',
  name: 'host',
  fields: {
    host: {kind: 'text'},
    server: {kind: 'text'},
    authoritative: {kind: 'boolean'},
    says: {kind: 'text'},
    ms: {kind: 'decimal'},
  },
  table: ['host', 'server', 'authoritative', 'says', 'ms'],
}

export const tracedDomainView: View<TracedDomain> = {
  noun: 'domain',
  plural: 'domains',
  name: 'domain',
  fields: {
    domain: {kind: 'text'},
    zone: {kind: 'text', nullable: true},
    outcome: {kind: 'text', values: checkOutcomes, cell: outcomeCell},
    path: {kind: 'json', rows: zoneView},
    servers: {kind: 'json', rows: serverView},
    findings: {kind: 'json', rows: findingView},
  },
  table: ['domain', 'zone', 'outcome'],
}

/** What `pm domain trace` tells a person. */
export function tracedSections(traced: TracedDomain): Section[] {
  return [fieldsSection(traced, tracedDomainView, ['domain', 'zone', 'outcome']), ...pathSections(traced)]
}

/** How a resolver gets to a domain: zone by zone, each server at the end, and what is wrong. */
export function pathSections({path, servers, findings}: DelegationPath): Section[] {
  return [
    ...path.map(({zone, hosts}) => ({
      title: zone === '.' ? '. (the root)' : zone,
      lines: hosts.map(({name, glue}) => (glue.length > 0 ? `${name}  ${glue.join(', ')}` : name)),
    })),
    ...(servers.length === 0 ? [] : [{title: 'Its servers, asked just now', lines: servers.map(serverLine)}]),
    ...(findings.length === 0 ? [] : [{title: 'What is wrong', lines: findings.map(findingLine)}]),
  ]
}

function serverLine({host, server, authoritative, says, ms}: ServerAsked) {
  const text = `${authoritative ? '✓' : '✗'} ${host} (${server}): ${says}, ${Math.round(ms)} ms`
  return {text, tone: authoritative ? ('good' as const) : ('bad' as const)}
}

function findingLine({level, message}: DelegationPath['findings'][number]) {
  const {text, ...mark} = levelMarks[level]
  return {...mark, text: `${text.charAt(0)} ${message}`, breaks: true as const}
}
