import {type QueryExecutorProvider, sql} from 'kysely'
import {mendedExpression, raisingSettings} from '../rules/policy-settings.ts'
import {readRaw} from './read-raw.ts'
import type {Reader} from './transaction.ts'

/** What decides which rows a policy lets through, as PostgreSQL prints it. */
interface Rule {
  using: string | null
  check: string | null
}

/** A policy that raises where a setting is unset or empty. */
export interface RaisingPolicy {
  schema: string
  table: string
  policy: string
  /** Whether the table is the login's, so that it may mend the policy. */
  owned: boolean
  settings: string[]
  before: Rule
  /** The same rule without raising; null where that takes a person's judgement. */
  after: Rule | null
}

/** How a policy is called: `campaigns_tenant_isolation on public.campaigns`. */
export function policyName({schema, table, policy}: RaisingPolicy): string {
  return `${policy} on ${schema}.${table}`
}

export type MendedPolicy = RaisingPolicy & {after: Rule}

/** The policies in `public` that raise where a setting is unset or empty, by table and name. */
export async function raisingPolicies(db: Reader): Promise<RaisingPolicy[]> {
  const rows = await readRaw(
    db,
    sql<Rule & Omit<RaisingPolicy, 'settings' | 'before' | 'after'>>`
    select n.nspname as schema, c.relname as table, p.polname as policy,
      pg_has_role(c.relowner, 'usage') as owned,
      pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
    from pg_catalog.pg_policy p
    join pg_catalog.pg_class c on c.oid = p.polrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public'
    order by c.relname, p.polname`,
  )
  return rows.flatMap(({using, check, ...names}) => {
    const settings = [...new Set([...raisingSettings(using ?? ''), ...raisingSettings(check ?? '')])]
    return settings.length === 0 ? [] : [{...names, settings, before: {using, check}, after: mended({using, check})}]
  })
}

export function isMendable(policy: RaisingPolicy): policy is MendedPolicy {
  return policy.after !== null
}

/** Makes a policy what it is to be. Needs the table's owner. */
export async function alterPolicy(
  trx: QueryExecutorProvider,
  {schema, table, policy, after}: MendedPolicy,
): Promise<void> {
  const using = after.using === null ? sql`` : sql` using (${sql.raw(after.using)})`
  const check = after.check === null ? sql`` : sql` with check (${sql.raw(after.check)})`
  await sql`alter policy ${sql.id(policy)} on ${sql.id(schema, table)}${using}${check}`.execute(trx)
}

function mended({using, check}: Rule): Rule | null {
  const after = {using: mendedPart(using), check: mendedPart(check)}
  return after.using === undefined || after.check === undefined ? null : {using: after.using, check: after.check}
}

/** The part as it is to be: as it is, if it does not raise; undefined, if it cannot be mended. */
function mendedPart(part: string | null): string | null | undefined {
  return part === null || raisingSettings(part).length === 0 ? part : mendedExpression(part)
}
