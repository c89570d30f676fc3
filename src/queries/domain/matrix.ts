import {type RawBuilder, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {DnsRecordType, DnsStatus} from '../../rules/dns-record.ts'

/**
 * How the verification of a domain stands by types of records: of several of a type the worst, and null where the domain
 * shall have none.
 */
export interface DnsMatrixRow {
  domain: string
  spf: DnsStatus | null
  dkim: DnsStatus | null
  dmarc: DnsStatus | null
  mx: DnsStatus | null
  a: DnsStatus | null
  aaaa: DnsStatus | null
  cname: DnsStatus | null
  status: string | null
  last_verified: string | null
  id: string
}

export function dnsMatrix(db: Reader, tenantId: string) {
  return db
    .selectFrom('domains as d')
    .where('d.tenant_id', '=', tenantId)
    .select([
      'd.domain',
      worst('SPF').as('spf'),
      worst('DKIM').as('dkim'),
      worst('DMARC').as('dmarc'),
      worst('MX').as('mx'),
      worst('A').as('a'),
      worst('AAAA').as('aaaa'),
      worst('CNAME').as('cname'),
      'd.verification_status as status',
      'd.dns_last_verified_at as last_verified',
      'd.id',
    ])
}

// Lax: of a document in any other shape than the guide's there is no record.
function worst(type: DnsRecordType): RawBuilder<DnsStatus | null> {
  const is = (status: DnsStatus) => sql`r ->> 'verification_status' = ${sql.lit(status)}`
  return sql`(select case
      when count(*) = 0 then null
      when bool_or(${is('failed')}) then 'failed'
      when bool_or(${is('error')}) then 'error'
      when bool_and(coalesce(${is('verified')}, false)) then 'verified'
      else 'pending' end
    from jsonb_path_query(d.dns_records, 'lax $.records[*]') r where r ->> 'record_type' = ${sql.lit(type)})`
}
