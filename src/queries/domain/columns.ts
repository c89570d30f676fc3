import {type RawBuilder, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'

/** A domain that mail is sent from, as operators see it. */
export interface DomainRow {
  domain: string
  tenant: string | null
  company: string | null
  status: string | null
  primary: boolean
  /** How many records its `dns_records` document has. */
  records: number
  /** The last verification that succeeded. */
  last_verified: string | null
  attempts: number
  error: string | null
  created: string | null
  tenant_id: string
  company_id: string | null
  id: string
}

/** The records of the stored document; [] for any other shape. */
const records: RawBuilder<unknown> = sql`jsonb_path_query_array(d.dns_records, 'lax $.records[*]')`

/** The one choice of a domain's columns; list, show and writes share it. */
export function selectDomains(db: Reader) {
  return db
    .selectFrom('domains as d')
    .leftJoin('tenants as t', 't.id', 'd.tenant_id')
    .leftJoin('companies as c', 'c.id', 'd.company_id')
    .select((eb) => [
      'd.domain',
      't.name as tenant',
      'c.name as company',
      'd.verification_status as status',
      eb.fn.coalesce('d.is_primary', eb.lit(false)).as('primary'),
      sql<number>`coalesce(jsonb_array_length(${records}), 0)`.as('records'),
      'd.dns_last_verified_at as last_verified',
      eb.fn.coalesce('d.dns_verification_attempts', sql.lit(0)).as('attempts'),
      'd.dns_verification_error as error',
      'd.created',
      'd.tenant_id',
      'd.company_id',
      'd.id',
    ])
}
