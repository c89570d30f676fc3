import type {GuardedTableName} from '../db/guarded-tables.ts'
import {differs, mask, maskedDifference} from '../rules/mask.ts'
import type {Columns, RowChange} from './plan.ts'

/**
 * A row's image without its secrets, as the database's audit triggers mask it (migrations/pm/images.ts): a masked
 * column says only whether it differs from the `other` side of the change.
 */
export function masked(table: GuardedTableName, image: Columns, other: Columns | null): Columns {
  return Object.fromEntries(
    Object.entries(image).map(([name, value]) => {
      if (value === null || !secretColumns(table, image, other).includes(name)) return [name, value]
      const changed = other !== null && differs(other[name] ?? null, value)
      return [name, changed ? maskedDifference : mask]
    }),
  )
}

/** A planned row as it may be shown. */
export function maskedRow({before, after, ...row}: RowChange): RowChange {
  return {...row, before: before && masked(row.table, before, after), after: after && masked(row.table, after, before)}
}

function secretColumns(table: GuardedTableName, image: Columns, other: Columns | null): readonly string[] {
  if (table === 'public.email_accounts') return ['vault_key_path', 'imap_settings', 'smtp_settings']
  const sensitive = table === 'public.system_config' && (image.is_sensitive === true || other?.is_sensitive === true)
  return sensitive ? ['value'] : []
}
