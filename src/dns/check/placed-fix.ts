import type {Finding} from '../finding.ts'
import {inZone} from '../fix.ts'
import type {Ground} from './ground.ts'

/**
 * The finding, with its fix for the zone that the record is in. That a name was given to other servers is known only once
 * it was asked for.
 */
export function withPlacedFix<One extends Finding>(finding: One, {zone, zones}: Ground): One {
  const {fix} = finding
  const other = fix === null ? undefined : zones.zoneOf(fix.name)
  return fix === null || !other || other === zone ? finding : {...finding, fix: inZone(fix, other.name)}
}
