import {type QueryExecutorProvider, sql} from 'kysely'
import {coverage, staffPolicies} from './pm/coverage.ts'
import {auditPolicies, guardFunctions, guardGrants, guardOwnTriggers, guardTables, jobPolicies} from './pm/guard.ts'
import {identityFunctions, identityGrants, identityReads} from './pm/identity.ts'
import {imageFunctions} from './pm/images.ts'
import {leaveGuard, pmOwnership, pmRoles} from './pm/roles.ts'

/** Identity, permission and audit enforced by the database itself. Left out where a context declares its identity. */
export async function up(db: QueryExecutorProvider): Promise<void> {
  const run = async (statements: readonly string[]) => {
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
  await run([...pmRoles, ...identityReads, ...pmOwnership])
  await run(['set local role pm_guard', ...guardTables, ...identityFunctions, ...guardFunctions, ...imageFunctions])
  await run([...guardOwnTriggers, ...auditPolicies, ...jobPolicies, 'reset role'])
  await run([...identityGrants, ...guardGrants, ...coverage, ...staffPolicies, ...leaveGuard])
}
