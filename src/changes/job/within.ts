import {guardedTables} from '../../db/guarded-tables.ts'
import {PermissionDenied} from '../../rules/errors.ts'
import type {JobItem} from './item.ts'

/**
 * A job writes what its permission is for, and nothing else: whoever works it off holds other permissions as well, and
 * must not be made to use them.
 * @throws PermissionDenied
 */
export function assertWithin(permission: string, items: readonly JobItem[]): void {
  const tables = new Set(items.flatMap(({rows}) => rows.map(({table}) => table)))
  const beyond = [...tables].filter((table) => guardedTables[table]?.permission !== permission)
  if (beyond.length === 0) return
  throw new PermissionDenied(`A job under ${permission} does not write ${beyond.join(', ')}.`)
}
