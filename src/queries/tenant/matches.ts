import {type RawBuilder, type SqlBool, sql} from 'kysely'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(text: string): boolean {
  return uuid.test(text)
}

/** Whether tenant `t` is the one an operator named, by id or by name in any case. */
export function tenantMatches(named: string): RawBuilder<SqlBool> {
  return isUuid(named) ? sql`t.id = ${named}` : sql`lower(t.name) = lower(${named})`
}
