import type {RawBuilder} from 'kysely'
import type {Fact, FactKind} from './fact.ts'
import {grants} from './introspection/grants.ts'
import {functions, policies, roles, triggers} from './introspection/guard.ts'
import {columns, constraints, indexes, tables} from './introspection/tables.ts'
import {readRaw} from './read-raw.ts'
import type {Reader} from './transaction.ts'

const queries: readonly (readonly [readonly FactKind[], RawBuilder<Fact>])[] = [
  [['schema', 'table'], tables],
  [['column'], columns],
  [['constraint'], constraints],
  [['index'], indexes],
  [['policy'], policies],
  [['role'], roles],
  [['function'], functions],
  [['trigger'], triggers],
  [['grant'], grants],
]

/** What the database has of what pm knows, kind by kind, in a fixed order. Reads the system catalogs alone. */
export async function* introspect(db: Reader): AsyncGenerator<{kinds: readonly FactKind[]; facts: Fact[]}> {
  for (const [kinds, query] of queries) yield {kinds, facts: await readRaw(db, query)}
}
