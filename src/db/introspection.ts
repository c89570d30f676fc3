import type {Fact} from './fact.ts'
import {grants} from './introspection/grants.ts'
import {functions, policies, roles, triggers} from './introspection/guard.ts'
import {columns, constraints, indexes, tables} from './introspection/tables.ts'
import {readRaw} from './read-raw.ts'
import type {Reader} from './transaction.ts'

const queries = [tables, columns, constraints, indexes, policies, roles, functions, triggers, grants]

/** What the database has of what pm knows, in a fixed order. Reads the system catalogs alone, which every login may. */
export async function introspect(db: Reader): Promise<Fact[]> {
  const facts: Fact[] = []
  for (const query of queries) facts.push(...(await readRaw(db, query)))
  return facts
}
