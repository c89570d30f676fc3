import type {Absent, Found, Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {type HostAddresses, resolveHost} from '../host/resolve-host.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Publishing, publish} from '../publishing.ts'
import {type Checked, type Report, reportOn} from '../report.ts'
import {comparisonFindings} from './comparison-findings.ts'
import {hostFindings} from './host-findings.ts'
import {type MxCode, mxKinds} from './kinds.ts'
import {type ExpectedMx, isNullExpected, isNullMx, type MxRecord, mxRecord, mxText, mxValue} from './record.ts'

export interface MxTarget extends Publishing {
  /** The MX records the domain is to have; null where none are stored. */
  expected: readonly ExpectedMx[] | null
}

export interface MxFacts {
  /** In the order in which senders try them; null where they could not be learned. */
  records: readonly MxRecord[] | null
  hosts: readonly HostAddresses[]
  /** Whether mail goes to the address of the domain itself, for want of an MX record. */
  implicit: boolean
}

/** Of a domain with more, only the first are looked up: nobody tries that many. */
const mostHosts = 20

/** Checks where a domain receives mail, and whether that is where it should. */
export async function checkMx(lookup: Lookup, target: MxTarget): Promise<Checked<MxFacts>> {
  const {domain, expected} = target
  const text = expected?.map(mxRecord).map(mxText).join(', ') ?? null
  const about = {subject: 'MX', name: domain, type: 'MX', expected: text} as const
  const answer = await lookup(domain, 'MX')
  if (answer.outcome === 'failed') {
    return {findings: [couldNotAsk(about, answer)], facts: {records: null, hosts: [], implicit: false}}
  }
  const report = reportOn(mxKinds, () => ({...about, live: [liveAnswer(answer)]}))
  return answer.outcome === 'absent'
    ? withoutRecords(lookup, report, answer, target)
    : withRecords(lookup, report, answer, target)
}

async function withoutRecords(
  lookup: Lookup,
  report: Report<MxCode>,
  {rcode}: Absent,
  target: MxTarget,
): Promise<Checked<MxFacts>> {
  const {domain, expected} = target
  const own = await resolveHost(lookup, domain)
  const implicit = own.addresses.length > 0
  const where = implicit ? ` Its mail goes to its own address, ${own.addresses.join(', ')}.` : ''
  const facts = {records: [], hosts: [], implicit}
  if (expected === null && implicit) {
    return {findings: [report('MX_IMPLICIT', `${domain} has no MX record (${rcode}).${where}`)], facts}
  }
  const wanted = (expected ?? []).map(mxRecord)
  const message = `${domain} has no MX record (${rcode}).${where}`
  if (wanted.length === 0) return {findings: [report('MX_MISSING', message)], facts}
  const findings = wanted.map((record) => {
    return report('MX_MISSING', `${message} Add: MX ${mxText(record)}`, {
      fix: publish(target, {name: domain, type: 'MX', value: mxValue(record)}),
    })
  })
  return {findings, facts}
}

async function withRecords(
  lookup: Lookup,
  report: Report<MxCode>,
  answer: Found<'MX'>,
  target: MxTarget,
): Promise<Checked<MxFacts>> {
  const records = answer.records
    .map(({data}) => mxRecord({preference: data.preference, host: data.exchange}))
    .toSorted((one, other) => one.preference - other.preference || one.host.localeCompare(other.host))
  const names = [...new Set(records.filter((record) => !isNullMx(record)).map(({host}) => host))]
  const hosts = await Promise.all(names.slice(0, mostHosts).map((host) => resolveHost(lookup, host)))
  const findings = [
    ...nullFindings(report, records, target),
    ...duplicateFindings(report, records),
    ...hosts.flatMap((host) => hostFindings(report, host, target.domain)),
    ...(target.expected ? comparisonFindings(report, {records, hosts}, {...target, expected: target.expected}) : []),
  ]
  return {findings, facts: {records, hosts, implicit: false}}
}

function nullFindings(report: Report<MxCode>, records: readonly MxRecord[], {domain, expected}: MxTarget): Finding[] {
  const none = records.find(isNullMx)
  if (none === undefined) return []
  const others = records.filter((record) => !isNullMx(record))
  if (others.length > 0) {
    const hosts = others.map(({host}) => host).join(', ')
    return [report('MX_NULL_MIXED', `${domain} has a null MX (“.”) beside ${hosts}. Remove the one or the others.`)]
  }
  const message = `${domain} has a null MX (“.”): it says that it takes no mail.`
  // What is stored was decided.
  const decided = isNullExpected(expected)
  const found = [decided ? report('MX_NULL', message, {level: 'info'}) : report('MX_NULL', `${message} Remove it.`)]
  if (none.preference !== 0) {
    found.push(report('MX_NULL_PREFERENCE', `The null MX has preference ${none.preference}, and should have 0.`))
  }
  return found
}

function duplicateFindings(report: Report<MxCode>, records: readonly MxRecord[]): Finding[] {
  const groups = Map.groupBy(records, ({host}) => host)
  return [...groups].flatMap(([host, group]) => {
    if (group.length < 2) return []
    const numbers = group.map(({preference}) => preference).join(', ')
    return [
      report('MX_DUP', `${host || '“.”'} is there ${group.length} times, with preference ${numbers}. Keep the first.`),
    ]
  })
}
