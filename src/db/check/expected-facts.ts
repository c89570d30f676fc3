import type {Connection} from '../connection.ts'
import {openEmbedded} from '../embedded.ts'
import type {Fact} from '../fact.ts'
import {introspect} from '../introspection.ts'
import {setUpTo} from '../set-up.ts'
import {readUnidentified} from '../transaction.ts'

const firstMigration = '0001-platform'

/**
 * What a database must have after these migrations: they are run in an embedded database, and that is looked at. Of a
 * database where none ran, the platform's tables are expected, and nothing of pm's.
 */
export async function expectedFacts(applied: readonly string[]): Promise<Fact[]> {
  const embedded = await openEmbedded()
  try {
    const migrations = applied.length > 0 ? applied : [firstMigration]
    await setUpTo(embedded.db, migrations)
    const facts = await factsOf(embedded)
    return applied.length > 0 ? facts : facts.filter(({of}) => of.startsWith('public.'))
  } finally {
    await embedded.close()
  }
}

async function factsOf(primary: Connection): Promise<Fact[]> {
  const session = {primary, identity: {kind: 'session'}, limits: {statementMs: 0, lockMs: 0}} as const
  return readUnidentified(session, introspect)
}
