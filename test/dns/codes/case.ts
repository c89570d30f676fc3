import type {ExpectedRecord} from '../../../src/rules/dns-record.ts'
import {at, type World} from '../../support/dns/world.ts'
import {zoneFile} from '../../support/dns/zone-file.ts'

/** A zone that shows something, and what is expected of it. `%` is its name wherever there is text. */
export interface Case {
  /** What is checked, where it is not the zone itself. */
  domain?: string
  /** Instead of a flawless SPF, DMARC or MX record. */
  spf?: readonly string[]
  dmarc?: readonly string[]
  mx?: readonly string[]
  dkim?: readonly string[]
  more?: readonly string[]
  /** Lines of the zone above; `@above` is the name there. */
  above?: readonly string[]
  /** Instead of being given to both servers. */
  delegation?: readonly string[]
  /** What the second server has instead: other lines, nothing, or a file that it cannot read. */
  second?: {serial?: number; more?: readonly string[]} | 'nothing' | 'rubbish'
  /** The name servers that the zone lists: both, unless it is said. */
  servers?: 'first'
  stored?: readonly ExpectedRecord[]
  /** Who sends, where it is not 192.0.2.25. */
  sender?: {ip: string; helo: string | null}
  /** The policy of MTA-STS that its web server has. */
  policy?: string
  /** What happens before the check. */
  before?: (world: World, zone: string, file: (more: readonly string[], serial: number) => string) => Promise<void>
}

export function nameOf(code: string): string {
  const words = code.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return `${words.join('-')}.test`
}

/** `%{` is a macro of SPF, and stays. */
export function named(text: string, domain: string): string {
  return text.replaceAll(/%(?!\{)/g, domain)
}

/** Texts that are too long for one string, in strings. */
function split(line: string): string {
  return line.replaceAll(/"([^"]{256,})"/g, (_, text: string) => {
    return (text.match(/.{1,255}/g) ?? []).map((part) => `"${part}"`).join(' ')
  })
}

/** What the servers of all these zones have, and the zone above. */
export function zonesOf(cases: Readonly<Record<string, Case>>) {
  const all = Object.entries(cases).map(([code, one]) => ({zone: nameOf(code), one}))
  return {
    parent: all.flatMap(({zone, one}) => aboveOf(zone.slice(0, -'.test'.length), one)),
    primary: Object.fromEntries(all.map(({zone, one}) => [zone, fileOf(zone, one)])),
    secondary: Object.fromEntries(all.flatMap(({zone, one}) => secondOf(zone, one))),
  }
}

/** A zone of a case, with these lines besides. */
export function fileOf(domain: string, one: Case, more: readonly string[] = one.more ?? [], serial = 1): string {
  const lines = [
    '@ NS ns1',
    `ns1 A ${at.primary}`,
    ...(one.servers === 'first' ? [] : ['@ NS ns2', `ns2 A ${at.secondary}`]),
    'mail A 192.0.2.25',
    ...(one.mx ?? ['@ MX 10 mail']),
    ...(one.spf ?? ['@ TXT "v=spf1 ip4:192.0.2.25 -all"']),
    ...(one.dmarc ?? ['_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@%"']),
    ...(one.dkim ?? []),
    ...more,
  ]
  return zoneFile(
    domain,
    lines.map((line) => split(named(line, domain))),
    {serial},
  )
}

function secondOf(zone: string, one: Case): [string, string][] {
  const {second = {}} = one
  if (second === 'nothing' || one.servers === 'first') return []
  if (second === 'rubbish') return [[zone, 'this is no zone file\n']]
  return [[zone, fileOf(zone, one, second.more ?? one.more, second.serial)]]
}

function aboveOf(label: string, {delegation, servers, above = []}: Case): string[] {
  const usual = [
    `@above NS ns1.@above`,
    `ns1.@above A ${at.primary}`,
    ...(servers === 'first' ? [] : [`@above NS ns2.@above`, `ns2.@above A ${at.secondary}`]),
  ]
  return [...(delegation ?? usual), ...above].map((line) => line.replaceAll('@above', label))
}
