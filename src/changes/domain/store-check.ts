import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import type {RecordVerdict} from '../../dns/records/verdict.ts'
import {databaseNow} from '../../queries/clock.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Change, Columns, Plan} from '../plan.ts'
import {storable} from '../storable.ts'

/** What a check came to for each expected record of a domain. */
export interface CheckToStore {
  id: string
  /** The document that was checked: where it has changed since, the check says nothing of it. */
  document: Json
  verdicts: readonly RecordVerdict[]
}

/**
 * Stores what a check came to: each record's status and error, and the domain's. A time-out is no failure: where nothing
 * could be asked the domain keeps its last good status, and only the error is told.
 */
export const storeCheck: Change<CheckToStore> = {permission: 'domain.write', grade: 'mild', plan: planStore}

async function planStore(db: Reader, {id, document, verdicts: found}: CheckToStore): Promise<Plan> {
  const verdicts = found.map((verdict) => ({...verdict, error: verdict.error && storable(verdict.error)}))
  const domain = await db
    .selectFrom('domains')
    .where('id', '=', id)
    .select(['domain', 'dns_records', 'verification_status', 'verified', 'dns_verification_attempts'])
    .executeTakeFirstOrThrow()
  if (JSON.stringify(domain.dns_records) !== JSON.stringify(document))
    throw new Conflict(`The records of ${domain.domain} were changed while they were checked.`)
  const now = await databaseNow(db)
  const {dns_records, verification_status, verified, dns_verification_attempts: attempts} = domain
  const before = {dns_records, verification_status, verified, dns_verification_attempts: attempts}
  const status = statusOf(verdicts) ?? verification_status
  const isGood = status === 'verified' && verdicts.every((one) => one.status === 'verified')
  const ttls = verdicts.flatMap(({ttl}) => ttl ?? [])
  const after: Columns = {
    dns_records: withVerdicts(dns_records, verdicts, now),
    verification_status: status,
    verified: isGood ? (verified ?? now) : verified,
    dns_verification_attempts: (attempts ?? 0) + 1,
    dns_verification_error: verdicts.find(({error}) => error !== null)?.error ?? null,
    ...(isGood ? {dns_last_verified_at: now} : {}),
    ...(ttls.length > 0 ? {dns_ttl_observed: Math.max(...ttls)} : {}),
  }
  return {
    headline: `Store what the check of ${domain.domain} came to: ${status}.`,
    subject: domain.domain,
    targets: [`domain:${domain.domain}`],
    rows:
      verdicts.length === 0
        ? []
        : [{table: 'public.domains', label: `domain ${domain.domain}`, key: {id}, before, after}],
    effects: [],
    warnings: [],
  }
}

/** Of the domain as a whole; undefined where nothing was found out that would change it. */
function statusOf(verdicts: readonly RecordVerdict[]): string | undefined {
  const has = (status: RecordVerdict['status']) => verdicts.some((verdict) => verdict.status === status)
  if (has('failed')) return 'failed'
  if (has('error')) return undefined
  return has('pending') ? 'pending' : 'verified'
}

// The document is as it was when it was checked, so the positions are the same.
function withVerdicts(document: Json, verdicts: readonly RecordVerdict[], now: string): Json {
  if (!isObject(document) || !Array.isArray(document.records)) return document
  const byPosition = new Map(verdicts.map((verdict) => [verdict.position, verdict]))
  const records = document.records.map((record, position) => {
    const verdict = byPosition.get(position)
    return verdict && isObject(record) ? recordWith(record, verdict, now) : record
  })
  return {...document, records}
}

function recordWith(record: {readonly [key: string]: Json}, {status, error, ttl}: RecordVerdict, now: string): Json {
  const attempts = typeof record.verification_attempts === 'number' ? record.verification_attempts : 0
  return {
    ...record,
    verification_status: status,
    verification_error: error,
    verification_attempts: attempts + 1,
    last_verified_at: status === 'verified' ? now : (record.last_verified_at ?? null),
    ttl_observed: ttl ?? record.ttl_observed ?? null,
  }
}

function isObject(value: Json): value is {[key: string]: Json} {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
