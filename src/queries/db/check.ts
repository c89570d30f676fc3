import {compareFacts} from '../../db/check/compare-facts.ts'
import {expectedFacts} from '../../db/check/expected-facts.ts'
import type {Finding} from '../../db/check/finding.ts'
import {isAbout, raisingFinding} from '../../db/check/raising.ts'
import {unsafeFunctions, unsafeViews} from '../../db/check/unsafe.ts'
import {unsafeLogins} from '../../db/check/unsafe-logins.ts'
import type {Identity} from '../../db/identity.ts'
import {introspect} from '../../db/introspection.ts'
import {appliedMigrations, pendingMigrations} from '../../db/migrate.ts'
import {raisingPolicies} from '../../db/raising-policies.ts'
import type {Reader} from '../../db/transaction.ts'

export type {Finding}

/** Where the database is not as pm's migrations leave one, and what is unsafe about it. */
export async function checkDatabase(db: Reader, identity: Identity): Promise<Finding[]> {
  const pending = await pendingMigrations(db, identity)
  const applied = await appliedMigrations(db)
  const found = await introspect(db)
  // In an empty database nothing is missing but all of it.
  const isEmpty = applied.length === 0 && !found.some(({kind}) => kind === 'table')
  const expected = isEmpty ? [] : await expectedFacts(applied)
  const raising = await raisingPolicies(db)
  const comparable = (fact: (typeof found)[number]) => !isAbout(fact, raising)
  return [
    ...pending.map(pendingFinding),
    ...raising.map(raisingFinding),
    ...compareFacts(expected.filter(comparable), found.filter(comparable)),
    ...unsafeFunctions(found),
    // Roles belong to the cluster: without pm here, they are another database's operators.
    ...(applied.length > 0 ? await unsafeLogins(db) : []),
    ...(await unsafeViews(db)),
  ]
}

function pendingFinding(name: string): Finding {
  const hint = 'Bring the database up to date: pm db setup'
  return {kind: 'migration', object: name, finding: 'missing', expected: null, found: null, hint}
}
