import type {Kysely, Transaction} from 'kysely'
import {Conflict} from '../rules/errors.ts'
import {type Catalogue, completeCatalogue} from './catalogue.ts'
import {explainFailure} from './failure.ts'
import type {Identity} from './identity.ts'
import {type Limits, setLocally} from './local-settings.ts'
import {migrate, replay} from './migrate.ts'
import {alterPolicy, type MendedPolicy, policyName, raisingPolicies} from './raising-policies.ts'
import type {Database} from './schema.ts'
import {readerOf} from './transaction.ts'

/** What a set-up did, by name; empty lists where nothing was left to do. */
export interface SetUpDone extends Catalogue {
  migrations: string[]
  policies: string[]
}

/**
 * Brings a database up to date: migrations, the catalogue of permissions and roles, and the platform's policies that
 * are to be mended. One transaction, outside of the audit that it sets up; needs an owner's login.
 * @throws Conflict when a policy is no longer what was to be mended
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
    return {migrations, ...catalogue, policies: await mendPolicies(trx, policies)}
  })
  return work.catch((error) => {
    throw explainFailure(error)
  })
}

/** Makes an empty database one in which these migrations ran. */
export async function setUpTo(db: Kysely<Database>, migrations: readonly string[]): Promise<void> {
  await db.transaction().execute((trx) => replay(trx, migrations))
}

async function mendPolicies(trx: Transaction<Database>, policies: readonly MendedPolicy[]): Promise<string[]> {
  if (policies.length === 0) return []
  const now = await raisingPolicies(readerOf(trx))
  for (const policy of policies) {
    const before = now.find((other) => policyName(other) === policyName(policy))?.before
    if (before?.using !== policy.before.using || before.check !== policy.before.check) throw changed(policy)
    await alterPolicy(trx, policy)
  }
  return policies.map(policyName)
}

function changed(policy: MendedPolicy): Conflict {
  return new Conflict(`The policy ${policyName(policy)} was changed meanwhile. Nothing was done.`, {
    hint: 'Run the command again to see how it stands now.',
  })
}
