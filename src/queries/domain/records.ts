import {readDnsDocument} from '../../rules/dns-document.ts'
import {type DnsRecordType, type DnsStatus, type ExpectedRecord, selectorOf} from '../../rules/dns-record.ts'
import type {StoredDomain} from './find.ts'

/** A record of a domain's document as operators see it, and how its verification stands. */
export interface RecordRow {
  type: DnsRecordType
  host: string
  value: string
  ttl: number | null
  /** The TTL that a check last saw at its name servers. */
  ttl_seen: number | null
  priority: number | null
  selector: string | null
  status: DnsStatus | null
  last_verified: string | null
  attempts: number
  error: string | null
  managed_by: string | null
  /** It is newer than what is deployed. */
  waits: boolean
  source: string | null
  /** Where in the document it stands, from 0. */
  position: number
}

/** The records of a document that are as they must be, in the order of the document. */
export function recordRows({dns_records: document}: Pick<StoredDomain, 'dns_records'>): RecordRow[] {
  return readDnsDocument(document).records.map(({record, position}) => recordRow(record, position))
}

function recordRow(record: ExpectedRecord, position: number): RecordRow {
  return {
    type: record.record_type,
    host: record.name,
    value: record.value,
    ttl: record.ttl ?? null,
    ttl_seen: record.ttl_observed ?? null,
    priority: record.priority ?? null,
    selector: record.record_type === 'DKIM' ? (selectorOf(record) ?? null) : null,
    status: record.verification_status ?? null,
    last_verified: record.last_verified_at ?? null,
    attempts: record.verification_attempts ?? 0,
    error: record.verification_error ?? null,
    managed_by: record.managed_by ?? null,
    waits: record.needs_deployment === true,
    source: record.source ?? null,
    position,
  }
}
