import type {Json} from '../../db/schema/json.ts'
import type {StoredDomain} from '../../queries/domain/find.ts'
import {tenantTarget} from '../../queries/tenant/find.ts'
import type {Columns, RowChange} from '../plan.ts'

type Named = Pick<StoredDomain, 'id' | 'domain'>

export function domainRow({id, domain}: Named, before: Columns | null, after: Columns | null): RowChange {
  return {table: 'public.domains', label: `domain ${domain}`, key: {id}, before, after}
}

/** The row of a domain whose document becomes another one; the records that differ say it in better words. */
export function documentRow(domain: StoredDomain, document: Json): RowChange {
  return {...domainRow(domain, {dns_records: domain.dns_records}, {dns_records: document}), inEffects: true}
}

/** What a change of a domain touches, for its record. */
export function domainTargets({domain, tenant, tenant_id}: StoredDomain): string[] {
  return [`domain:${domain}`, tenantTarget({id: tenant_id, name: tenant})]
}
