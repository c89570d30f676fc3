import {PGlite} from '@electric-sql/pglite'
import {Kysely, PGliteDialect} from 'kysely'
import {up} from '../../../src/db/migrations/0001-platform.ts'
import {sandboxRows} from '../../../src/db/sandbox/rows.ts'
import {roleNames} from '../../../src/rules/roles.ts'

/** The moment the sandbox of these tests was made. */
export const asOf = new Date('2025-11-20T09:30:00Z')

/** The states in which an assignment counts, for an `in`. */
export const live = `('active', 'warming', 'scheduled')`

/** The platform's tables with the sandbox's rows, and short ways to ask them. */
export async function loadSandbox() {
  const pg = new PGlite()
  await new Kysely<unknown>({dialect: new PGliteDialect({pglite: pg})}).transaction().execute(up)
  for (const [i, name] of roleNames.entries()) {
    await pg.query('insert into staff_roles (id, name) values ($1, $2)', [i + 1, name])
  }
  for (const {table, rows} of sandboxRows(asOf)) {
    const columns = Object.keys(rows[0] ?? {}).join(', ')
    await pg.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [rows],
    )
  }
  const all = async <T = Record<string, unknown>>(sql: string): Promise<T[]> => (await pg.query<T>(sql)).rows
  /** The values of a query's one column. */
  const column = async (sql: string): Promise<unknown[]> => (await all(sql)).map((row) => Object.values(row)[0])
  /** The one value of a query. */
  const only = async (sql: string): Promise<unknown> => (await column(sql))[0]
  return {all, column, only, close: () => pg.close()}
}

/** What the tests ask. */
export type LoadedSandbox = Awaited<ReturnType<typeof loadSandbox>>
