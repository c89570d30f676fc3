import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import type {RecordVerdict} from '../../dns/records/verdict.ts'
import {isAnyOf} from '../../queries/any-of.ts'
import {databaseNow} from '../../queries/clock.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import type {Columns, Plan} from '../plan.ts'
import {setWise} from '../set-wise.ts'
import {storable} from '../storable.ts'

/** What a check came to for each expected record of a domain. */
export interface CheckToStore {
  id: string
  domain: string
  /** The document that was checked: where it has changed since, the check says nothing of it. */
  document: Json
  verdicts: readonly RecordVerdict[]
}

/**
 * Stores what a check came to: each record's status and error, and the domain's. A time-out is no failure: where nothing
 * could be asked the domain keeps its last good status, and only the error is told.
 */
export const storeCheck = setWise<CheckToStore>({
  permission: 'domain.write',
  grade: 'mild',
  readFor: async (db, checks) => {
    const found = await selectStored(
      db,
      checks.map(({id}) => id),
    )
    const stored = new Map(found.map((domain) => [domain.id, domain]))
    const now = await databaseNow(db)
    return (check) => planStore(asChecked(stored.get(check.id), check), check, now)
  },
})

type Stored = Awaited<ReturnType<typeof selectStored>>[number]

function selectStored(db: Reader, ids: readonly string[]) {
  return db
    .selectFrom('domains')
    .where(isAnyOf('id', ids, 'uuid'))
    .select(['id', 'domain', 'dns_records', 'verification_status', 'verified', 'dns_verification_attempts'])
    .select(['dns_last_verified_at', 'dns_ttl_observed'])
    .execute()
}

/** @throws NotFound, Conflict: what was found is not of the domain as it is now */
function asChecked(stored: Stored | undefined, {domain, document}: CheckToStore): Stored {
  if (!stored) throw new NotFound(`The domain ${domain} was removed while it was checked.`)
  if (JSON.stringify(stored.dns_records) === JSON.stringify(document)) return stored
  throw new Conflict(`The records of ${stored.domain} were changed while they were checked.`)
}

function planStore({id, domain, ...before}: Stored, {verdicts: found}: CheckToStore, now: string): Plan {
  const verdicts = found.map((verdict) => ({...verdict, error: verdict.error && storable(verdict.error)}))
  const status = statusOf(verdicts, before.verification_status) ?? before.verification_status
  const after = columnsOf(before, verdicts, {status, now})
  return {
    headline:
      verdicts.length === 0
        ? `No records are expected of ${domain}: there is nothing to store.`
        : `Store what the check of ${domain} came to: ${status}.`,
    subject: domain,
    targets: [`domain:${domain}`],
    rows: verdicts.length === 0 ? [] : [{table: 'public.domains', label: `domain ${domain}`, key: {id}, before, after}],
    effects: [],
    warnings: [],
  }
}

// The same columns whatever was found, so that one statement writes what was found of many.
function columnsOf(
  before: Omit<Stored, 'id' | 'domain'>,
  verdicts: readonly RecordVerdict[],
  {status, now}: {status: string | null; now: string},
): Columns {
  const isGood = status === 'verified' && verdicts.every((one) => one.status !== 'error')
  const ttls = verdicts.flatMap(({ttl}) => ttl ?? [])
  return {
    dns_records: withVerdicts(before.dns_records, verdicts, now),
    verification_status: status,
    verified: isGood ? (before.verified ?? now) : before.verified,
    dns_verification_attempts: (before.dns_verification_attempts ?? 0) + 1,
    dns_verification_error: verdicts.find(({error}) => error !== null)?.error ?? null,
    dns_last_verified_at: isGood ? now : before.dns_last_verified_at,
    dns_ttl_observed: ttls.length > 0 ? Math.max(...ttls) : before.dns_ttl_observed,
  }
}

/**
 * Of the domain as a whole; undefined where nothing was found out that would change it. A record that waits for its
 * deployment is not due yet: a domain that is verified stays so.
 */
function statusOf(verdicts: readonly RecordVerdict[], before: string | null): string | undefined {
  const has = (status: RecordVerdict['status']) => verdicts.some((verdict) => verdict.status === status)
  if (has('failed')) return 'failed'
  if (has('error')) return undefined
  return has('pending') && before !== 'verified' ? 'pending' : 'verified'
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
