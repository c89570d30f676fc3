import {type Kysely, sql} from 'kysely'
import type {Database} from '../../src/db/schema.ts'
import {setUpTo} from '../../src/db/set-up.ts'

const tenantTables = ['campaigns', 'leads', 'domains', 'email_accounts', 'templates', 'companies']

/**
 * The platform's policies as its guide writes them (Security & RLS Policies): where the setting was never made, or is
 * empty, they raise.
 */
export const originalRule = "(tenant_id = (current_setting('app.current_tenant_id'::text))::uuid)"
const originalPolicies = [
  ...tenantTables.map((table) => [table, `${table}_tenant_isolation`, 'tenant_id', 'app.current_tenant_id']),
  ['user_preferences', 'user_preferences_isolation', 'user_id', 'app.current_user_id'],
  ['tenant_config', 'tenant_config_isolation', 'tenant_id', 'app.current_tenant_id'],
  ['tenant_policies', 'tenant_policies_isolation', 'tenant_id', 'app.current_tenant_id'],
]

/** Puts the guide's own policies in the place of those that pm makes in an empty database. */
export async function restoreOriginalPolicies(db: Kysely<Database>): Promise<void> {
  for (const [table, policy, column, setting] of originalPolicies) {
    await sql
      .raw(`alter policy ${policy} on public.${table} using (${column} = current_setting('${setting}')::uuid)`)
      .execute(db)
  }
}

/** A platform's database as pm finds it: the guide's tables and policies, and nothing of pm. */
export async function makePlatform(db: Kysely<Database>): Promise<void> {
  await setUpTo(db, ['0001-platform'])
  await sql`drop schema pm cascade`.execute(db)
  await restoreOriginalPolicies(db)
}
