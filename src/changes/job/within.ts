import {guardedTables} from '../../db/guarded-tables.ts'
import {PermissionDenied} from '../../rules/errors.ts'
import {deeds} from './deeds.ts'
import type {JobItem} from './item.ts'

/**
 * A job writes what its permission is for, and nothing else: whoever works it off holds other permissions as well, and
 * must not be made to use them.
 * @throws PermissionDenied
 */
export function assertWithin(permission: string, items: readonly JobItem[]): void {
  const tables = new Set(items.flatMap(({rows}) => rows.map(({table}) => table)))
  const beyond = [...tables].filter((table) => guardedTables[table]?.permission !== permission)
  if (beyond.length > 0) throw new PermissionDenied(`A job under ${permission} does not write ${beyond.join(', ')}.`)
  const other = items.find((item) => !doesItsOwn(permission, item))
  if (other)
    throw new PermissionDenied(
      `A job under ${permission} does nothing of the kind besides its rows for ${other.target}.`,
    )
}

function doesItsOwn(permission: string, {rows, besides}: JobItem): boolean {
  if (!besides) return true
  const deed = Object.hasOwn(deeds, besides.does) ? deeds[besides.does] : undefined
  return deed?.permission === permission && deed.isAbout(rows, besides.steps)
}
