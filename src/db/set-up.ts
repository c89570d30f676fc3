import type {Kysely} from 'kysely'
import {completeCatalogue} from './catalogue.ts'
import {explainFailure} from './failure.ts'
import type {Identity} from './identity.ts'
import {type Limits, setLocally} from './local-settings.ts'
import {migrate} from './migrate.ts'
import {alterPolicy, type MendedPolicy} from './raising-policies.ts'
import type {Database} from './schema.ts'

/** What a set-up did; empty lists where nothing was left to do. */
export interface SetUpDone {
  migrations: string[]
  permissions: string[]
  roles: string[]
}

/**
 * Brings a database up to date: migrations, the catalogue of permissions and roles, and the platform's policies that
 * are to be mended. One transaction, outside of the audit that it sets up; needs an owner's login.
 */
export async function setUp(
  db: Kysely<Database>,
  identity: Identity,
  {limits = {statementMs: 0, lockMs: 0}, policies = []}: {limits?: Limits; policies?: readonly MendedPolicy[]} = {},
): Promise<SetUpDone> {
  const work = db.transaction().execute(async (trx) => {
    // A lock on a busy platform's table is not waited for long: whoever comes after it would have to wait as well.
    await setLocally(trx, limits, 'read write')
    const migrations = await migrate(trx, identity)
    const catalogue = await completeCatalogue(trx)
    for (const policy of policies) await alterPolicy(trx, policy)
    return {migrations, ...catalogue}
  })
  return work.catch((error) => {
    throw explainFailure(error)
  })
}
