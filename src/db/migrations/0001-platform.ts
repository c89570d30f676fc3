import {type Kysely, sql} from 'kysely'
import {Conflict} from '../../rules/errors.ts'
import {platformTables} from '../platform-tables.ts'
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
 * Creates the platform's 32 tables of the OLTP schema guide, does nothing where all are there already, and throws
 * `Conflict` where only some are; run it in a transaction, so that a failure leaves nothing half made.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const present = await presentTables(db)
  if (present.size === platformTables.length) return
  if (present.size > 0) {
    const missing = platformTables.filter((name) => !present.has(name))
    const found = `${present.size} of the platform's ${platformTables.length} tables`
    throw new Conflict(`This database has only ${found}; missing: ${missing.join(', ')}`, {
      hint: "Point pm at a complete platform database or at an empty one; it won't fill in a partial one",
      details: {missing},
    })
  }
  for (const statement of statements) await sql.raw(statement).execute(db)
}

// From pg_catalog, since information_schema hides the tables this login has no grants on.
async function presentTables(db: Kysely<unknown>): Promise<Set<string>> {
  const {rows} = await sql<{name: string}>`
    select c.relname as name
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname in (${sql.join(platformTables)})
  `.execute(db)
  return new Set(rows.map((row) => row.name))
}
