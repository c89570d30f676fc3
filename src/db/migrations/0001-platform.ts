import {sql, type Transaction} from 'kysely'
import {platformState} from '../platform-state.ts'
import type {Database} from '../schema.ts'
import {readerOf} from '../transaction.ts'
import {billingTables} from './platform/billing.ts'
import {campaignsTables} from './platform/campaigns.ts'
import {contentTables} from './platform/content.ts'
import {domainsTables} from './platform/domains.ts'
import {identityTables} from './platform/identity.ts'
import {infrastructureTables} from './platform/infrastructure.ts'
import {tenantPolicies} from './platform/policies.ts'
import {settingsTables} from './platform/settings.ts'
import {staffTables} from './platform/staff.ts'

// The order is the references': nothing comes before what it points at.
const statements = [
  ...identityTables,
  ...domainsTables,
  ...contentTables,
  ...campaignsTables,
  ...billingTables,
  ...infrastructureTables,
  ...staffTables,
  ...settingsTables,
  ...tenantPolicies,
]

/**
 * Creates the platform's 32 tables of the OLTP schema guide, and does nothing where all are there already.
 * @throws Conflict where only some are.
 */
export async function up(trx: Transaction<Database>): Promise<void> {
  if ((await platformState(readerOf(trx))) === 'whole') return
  for (const statement of statements) await sql.raw(statement).execute(trx)
}
