import type {Finding, Fix} from '../finding.ts'
import {fixOf} from '../fix.ts'
import {isFromWildcard} from '../records/probes.ts'
import {isWithin} from '../zone-names.ts'
import type {Ground} from './ground.ts'

/** A finding with a fix at a name that is an alias. */
interface Aliased {
  fix: Fix
  zone: string
  /** Where the alias ends. */
  end: string
}

/** Whether its fix is to be published where a CNAME is, beside which nothing else can stand (RFC 1034 §3.6.2). */
export function isAliased(finding: Finding, ground: Ground): boolean {
  return aliased(finding, ground) !== undefined
}

/**
 * The finding, with its fix where that can be published. A text belongs where the alias ends, if that is in the zone; the
 * address or MX of a host does not, for it would be given to another host too. What a wildcard makes an alias is none any
 * more with a record of its own (RFC 4592 §2.2.1).
 */
export async function offAlias<One extends Finding>(finding: One, ground: Ground): Promise<One> {
  const found = aliased(finding, ground)
  if (!found || !(await hasOwnCname(ground, finding.name, found.zone))) return finding
  const {fix, zone, end} = found
  const isText = fix.type === 'TXT'
  const where = isText ? 'there, or in the place of the CNAME' : 'in the place of the CNAME'
  const advice = `${finding.name} is an alias of ${end}: publish it ${where}.`
  const {type, value, ttl, command} = fix
  return {
    ...finding,
    message: finding.message.includes(` to ${end}`) ? finding.message : `${finding.message} ${advice}`,
    fix: isText && isWithin(end, zone) ? {...fixOf({name: end, zone, type, value, ttl}), command} : null,
  }
}

function aliased({name, fix, live}: Finding, {zone}: Ground): Aliased | undefined {
  if (!zone || fix?.name !== name || fix.type === 'CNAME' || !isWithin(name, zone.name)) return undefined
  const end = live.find(({authoritative, aliases}) => authoritative && aliases.length > 0)?.aliases.at(-1)
  return end === undefined ? undefined : {fix, zone: zone.name, end}
}

async function hasOwnCname({source}: Ground, name: string, zone: string): Promise<boolean> {
  const found = await source(name, 'CNAME')
  return found.outcome === 'found' && !(await isFromWildcard(source, {name, found, zone}))
}
