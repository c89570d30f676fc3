import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type Ordering, plainly} from '../paging.ts'

/** A DKIM record that is newer than what Mailu signs with. */
export interface Deployment {
  domain: string
  selector: string | null
  tenant: string | null
  managed_by: string | null
  /** Where the vault has the private key. */
  secret_ref: string | null
  /** How DNS stands with it. */
  status: string | null
  domain_id: string
  /** Unique: the domain's id and the record's place in its document. */
  id: string
}

export const deploymentOrdering: Ordering = {
  by: {domain: plainly},
  default: 'domain',
  key: 'id',
  neverNull: ['domain'],
}

/** Records that wait for a Mailu sync. The condition is that of the index pm_domains_undeployed. */
export function listDeployments(db: Reader, {tenantId}: {tenantId?: string | undefined} = {}) {
  const field = (name: string) => sql<string | null>`r.record ->> ${sql.lit(name)}`
  const waiting = db
    .selectFrom('domains as d')
    .innerJoinLateral(
      sql<{
        record: unknown
        place: number
      }>`jsonb_array_elements(jsonb_path_query_array(d.dns_records, 'lax $.records[*]'))
        with ordinality`.as<'r'>(sql`r(record, place)`),
      (join) => join.onTrue(),
    )
    .leftJoin('tenants as t', 't.id', 'd.tenant_id')
    .where(sql<boolean>`d.dns_records @> '{"records": [{"needs_deployment": true}]}'`)
    .where(sql<boolean>`r.record @> '{"needs_deployment": true}'`)
    .select([
      'd.domain',
      field('selector').as('selector'),
      't.name as tenant',
      field('managed_by').as('managed_by'),
      field('secret_ref').as('secret_ref'),
      field('verification_status').as('status'),
      'd.id as domain_id',
      sql<string>`d.id || '/' || r.place`.as('id'),
    ])
  return tenantId === undefined ? waiting : waiting.where('d.tenant_id', '=', tenantId)
}
