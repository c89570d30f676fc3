import {type RawBuilder, sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Reader} from '../../db/transaction.ts'

/** The ids of what planned changes stand on. */
interface Grounds {
  tenants: readonly string[]
  users: readonly string[]
  /** That are sold. */
  plans: readonly string[]
}

interface FallenGround {
  id: string
  /** Of a plan. */
  slug: string | null
}

/** Those tenants and users that are deleted, and those plans that are not sold: in one statement, for each page of a job. */
export async function listFallenGrounds(db: Reader, {tenants, users, plans}: Grounds): Promise<FallenGround[]> {
  const queries = [
    ...ofThese(tenants, (these) => sql`select id, null as slug from tenants where ${these} and deleted is not null`),
    ...ofThese(users, (these) => sql`select id, null from users where ${these} and deleted is not null`),
    ...ofThese(plans, (these) => sql`select id, slug from plans where ${these} and not is_active`),
  ]
  return queries.length === 0 ? [] : readRaw(db, sql<FallenGround>`${sql.join(queries, sql` union all `)}`)
}

function ofThese(ids: readonly string[], query: (these: RawBuilder<unknown>) => RawBuilder<unknown>) {
  return ids.length === 0 ? [] : [query(sql`id = any(${[...new Set(ids)]}::uuid[])`)]
}
