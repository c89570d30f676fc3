import {DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler} from 'kysely'
import type {Listing} from '../src/db/listing.ts'
import type {Database} from '../src/db/schema.ts'
import type {Reader} from '../src/db/transaction.ts'

/** The very query of a list of pm's, whole. */
export function queryText<Row>(list: Listing<Row>): string {
  const db = new Kysely<Database>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (kysely) => new PostgresIntrospector(kysely),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  return list.query(db as unknown as Reader, {}).compile().sql
}
