import type {Answer, Lookup, RecordType} from '../answer.ts'
import type {Zone} from '../delegation/zone.ts'
import {isWithin} from '../zone-names.ts'
import type {Ground} from './ground.ts'

interface Place {
  name: string
  type: RecordType
}

/** What every authority says of a record. */
export async function askAuthorities(ground: Ground, record: Place): Promise<readonly Answer[]> {
  const {name, type} = record
  const answers = await Promise.all(authoritiesFor(ground, record).map((lookup) => lookup(name, type)))
  return fromEvery(ground, record, answers)
}

/** A record with a name outside the zone has other authorities. */
export function authoritiesFor({zone, zones}: Ground, {name}: Place): readonly Lookup[] {
  if (zone && isWithin(name, zone.name)) return zone.authorities.map(({lookup}) => lookup)
  return zone ? [zones.anywhere] : []
}

/**
 * A name in another zone, below the domain's or elsewhere, was only asked for at the first server there that could say: now
 * at all of them. What servers of the domain's zone said of it themselves counts too.
 */
export async function fromEvery(
  {zone, zones}: Ground,
  {name, type}: Place,
  answers: readonly Answer[],
): Promise<readonly Answer[]> {
  const other = zones.zoneOf(name)
  if (!zone || !other || other === zone) return answers
  const theirs = await Promise.all(other.authorities.map(({lookup}) => lookup(name, type)))
  const own = answers.filter(({server}) => isOneOf(zone, server) && !isOneOf(other, server))
  return [...own, ...theirs]
}

function isOneOf({authorities}: Zone, server: string | null): boolean {
  return authorities.some(({label}) => label === server)
}
