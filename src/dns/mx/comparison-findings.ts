import {plainName} from '../domain-name.ts'
import type {Finding} from '../finding.ts'
import {type HostAddresses, spelled} from '../host/resolve-host.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Publishing, publish} from '../publishing.ts'
import type {Report} from '../report.ts'
import {compareMx, type MxComparison} from './compare.ts'
import type {MxCode} from './kinds.ts'
import {type ExpectedMx, isNullExpected, isNullMx, type MxRecord, mxRecord, mxText, mxValue} from './record.ts'

interface Expectation extends Publishing {
  expected: readonly ExpectedMx[]
}

interface Live {
  records: readonly MxRecord[]
  hosts: readonly HostAddresses[]
}

/** How the MX records differ from those that are stored. */
export function comparisonFindings(report: Report<MxCode>, live: Live, target: Expectation): Finding[] {
  // That there is a null MX where none is expected says it all; that the rest differs follows from it.
  const records = isNullExpected(target.expected) ? live.records : live.records.filter((record) => !isNullMx(record))
  if (records.length === 0) return []
  const comparison = compareMx(records, target.expected)
  return [
    ...missing(report, comparison, target),
    ...extra(report, comparison, target),
    ...order(report, comparison, records, target),
    ...addresses(report, live.hosts, target),
  ]
}

function missing(report: Report<MxCode>, comparison: MxComparison, target: Expectation): Finding[] {
  const {domain} = target
  return comparison.missing.map((record) => {
    const fix = publish(target, {name: domain, type: 'MX', value: mxValue(record)})
    const message = isNullMx(record)
      ? `${domain} has no null MX (“.”), which must be alone. Put in the place of all others: MX ${mxText(record)}`
      : `${domain} has no MX to ${record.host}. Add: MX ${mxText(record)}`
    return report('MX_MISMATCH', message, {fix})
  })
}

/** Another host that is tried first, or as soon as ours, takes mail away; one behind ours only when ours is down. */
function extra(report: Report<MxCode>, comparison: MxComparison, {domain, expected}: Expectation): Finding[] {
  const ours = Math.min(...expected.filter((record) => !isNullMx(mxRecord(record))).map(({preference}) => preference))
  return comparison.extra.map((record) => {
    const first = record.preference <= ours
    const when = first ? 'and gets mail of the domain' : 'and gets mail of the domain when the others are down'
    const message = `${domain} also has MX ${mxText(record)}, which is not expected ${when}. Remove it if it is not in use.`
    return report('MX_MISMATCH', message, {level: first ? 'error' : 'warning'})
  })
}

function order(
  report: Report<MxCode>,
  {relation}: MxComparison,
  records: readonly MxRecord[],
  {expected}: Expectation,
): Finding[] {
  if (relation !== 'order' && relation !== 'numbers') return []
  const list = (all: readonly MxRecord[]) => all.map(mxText).join(', ')
  const effect =
    relation === 'order' ? 'Senders try the hosts in another order.' : 'Senders try the hosts in the same order.'
  const message = `The MX records are ${list(records)}, and expected are ${list(expected.map(mxRecord))}. ${effect}`
  return [report('MX_PRIORITY', message, {level: relation === 'order' ? 'warning' : 'info'})]
}

function addresses(report: Report<MxCode>, hosts: readonly HostAddresses[], {expected}: Expectation): Finding[] {
  return expected.flatMap(({host, addresses: wanted = []}) => {
    const found = hosts.find((candidate) => candidate.host === plainName(host))
    const lacking = wanted.map(spelled).filter((address) => !found?.addresses.includes(address))
    if (found?.resolves !== true || lacking.length === 0 || lacking.length < wanted.length) return []
    const message = `${found.host} has ${found.addresses.join(', ')}, and none of the expected ${wanted.join(', ')}.`
    const [a, aaaa] = found.answers
    const answer = wanted.some((address) => !address.includes(':')) ? a : aaaa
    const about = {name: found.host, type: answer === a ? 'A' : 'AAAA', expected: wanted.join(', ')} as const
    return [report('MX_ADDRESS', message, {...about, live: [liveAnswer(answer)]})]
  })
}
