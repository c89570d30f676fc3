import type {Found, Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import {plainName} from '../domain-name.ts'
import type {Finding} from '../finding.ts'
import {failureAt, type HostAddresses, resolveHost, spelled} from '../host/resolve-host.ts'
import {parseIp, reverseName} from '../ip-bytes.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Checked, type Report, reportOn} from '../report.ts'
import {isGeneric} from './generic-name.ts'
import {type ReverseCode, reverseKinds} from './kinds.ts'
import {type PointerPlace, placeText, pointerFix} from './pointer-place.ts'

export interface ReverseTarget {
  /** IPv4 or IPv6. */
  ip: string
  /** The name the server says HELO with; null where that is not known. */
  helo: string | null
}

/** A name the address has, and whether it leads back. Null where that could not be learned. */
interface ReverseNameFacts {
  name: string
  confirmed: boolean | null
  addresses: readonly string[]
}

export interface ReverseFacts {
  ip: string
  /** The reverse name of the address, where its PTR records are, or an alias that leads to them. */
  pointer: string
  /** Null where they could not be learned. */
  names: readonly ReverseNameFacts[] | null
  /** Whether one of the names leads back to the address: forward-confirmed reverse DNS. Null where that is not known. */
  confirmed: boolean | null
  /** Whether the address has the HELO name for one of its names; null where one of the two is not known. */
  isHelo: boolean | null
}

/** Receivers look at ten names at most (RFC 7208 §5.5 sets the number). */
const mostNames = 10

/**
 * Checks the name of a sending address, and that it leads back to it.
 * @throws RangeError when `ip` is no address
 */
export async function checkReverse(lookup: Lookup, {ip: text, helo}: ReverseTarget): Promise<Checked<ReverseFacts>> {
  const bytes = parseIp(text)
  if (bytes === null) throw new RangeError(`${text} is no IP address.`)
  const [ip, pointer, wanted] = [spelled(text), reverseName(bytes), helo === null ? null : plainName(helo)]
  const about = {subject: `PTR ${ip}`, name: pointer, type: 'PTR', expected: wanted} as const
  const facts = {ip, pointer, names: null, confirmed: null, isHelo: null}
  const answer = await lookup(pointer, 'PTR')
  if (answer.outcome === 'failed') return {findings: [couldNotAsk(about, answer)], facts}

  const place = {pointer, end: answer.aliases.at(-1)?.data}
  const fix = () => (wanted === null ? null : pointerFix(place, wanted))
  const report = reportOn(reverseKinds, () => ({...about, live: [liveAnswer(answer)], fix: fix()}))
  if (answer.outcome === 'absent') {
    const name = wanted ?? 'the name the server says HELO with'
    const message = `${ip} has no PTR record (${answer.rcode}). Set it to ${name} at ${placeText(place)}.`
    return {
      findings: [report('IP_PTR_MISSING', message)],
      facts: {...facts, names: [], confirmed: false, isHelo: false},
    }
  }
  return judge(lookup, report, answer, {ip, place, helo: wanted})
}

async function judge(
  lookup: Lookup,
  report: Report<ReverseCode>,
  answer: Found<'PTR'>,
  {ip, place, helo}: {ip: string; place: PointerPlace; helo: string | null},
): Promise<Checked<ReverseFacts>> {
  const names = [...new Set(answer.records.map(({data}) => plainName(data)))].slice(0, mostNames)
  const hosts = await Promise.all(names.map((name) => resolveHost(lookup, name)))
  const confirmed = either(hosts.map((host) => leadsTo(host, ip)))
  const isHelo = helo === null ? null : names.includes(helo)
  const findings = [
    ...confirmation(report, hosts, ip, confirmed),
    ...(isHelo === false ? await heloFindings(lookup, report, {names, ip, helo: helo ?? '', place}) : []),
    ...names.filter((name) => isGeneric(name, ip)).map((name) => genericFinding(report, ip, name)),
  ]
  const facts = hosts.map((host) => ({name: host.host, confirmed: leadsTo(host, ip), addresses: host.addresses}))
  return {findings, facts: {ip, pointer: place.pointer, names: facts, confirmed, isHelo}}
}

/** Null where a question without an answer could have said that it does. */
function leadsTo(host: HostAddresses, ip: string): boolean | null {
  if (host.addresses.includes(ip)) return true
  const [a, aaaa] = host.answers
  const asked = ip.includes(':') ? aaaa : a
  return asked.outcome === 'failed' && asked.reason !== 'bad name' ? null : false
}

function either(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true
  return answers.includes(null) ? null : false
}

function confirmation(
  report: Report<ReverseCode>,
  hosts: readonly HostAddresses[],
  ip: string,
  confirmed: boolean | null,
): Finding[] {
  if (confirmed === true) return []
  if (confirmed === null) {
    return hosts.flatMap((host) => {
      const failure = failureAt(host)
      return failure ? [couldNotAsk({subject: `PTR ${ip}`, name: host.host, type: failure.type}, failure.failed)] : []
    })
  }
  const type = ip.includes(':') ? 'AAAA' : 'A'
  const said = hosts.map(({host, addresses}) => `${host} has ${addresses.join(', ') || 'no address'}`).join('; ')
  const message = `The name of ${ip} does not lead back to it: ${said}. Add ${type} ${ip} to the name, or give the address another one.`
  return [report('IP_FCRDNS_FAIL', message, {live: hosts.flatMap(({answers}) => answers.map(liveAnswer))})]
}

async function heloFindings(
  lookup: Lookup,
  report: Report<ReverseCode>,
  {names, ip, helo, place}: {names: readonly string[]; ip: string; helo: string; place: PointerPlace},
): Promise<Finding[]> {
  const message = `${ip} is ${names.join(', ')}, and says HELO ${helo}. Set the PTR to ${helo} at ${placeText(place)}.`
  const host = await resolveHost(lookup, helo)
  const found = [report('IP_PTR_HELO', message)]
  if (leadsTo(host, ip) !== false) return found
  const has = host.addresses.length > 0 ? `has ${host.addresses.join(', ')}` : 'has no address'
  const live = host.answers.map(liveAnswer)
  return [
    ...found,
    report('IP_HELO_ADDRESS', `${helo} ${has}, and not ${ip}, which says HELO with it.`, {live, fix: null}),
  ]
}

function genericFinding(report: Report<ReverseCode>, ip: string, name: string): Finding {
  const message = `${ip} is called ${name}, as if nobody had named it. Give it the name it says HELO with.`
  return report('IP_PTR_GENERIC', message)
}
