import type {Json} from '../../db/schema/json.ts'
import {getDomain, type StoredDomain} from '../../queries/domain/find.ts'
import {parseDnsDocument} from '../../rules/dns-document.ts'
import {Conflict} from '../../rules/errors.ts'
import {nextSelector} from '../../rules/next-selector.ts'
import type {RecordEdit} from '../../rules/record-edit.ts'
import type {Change, Plan, RowChange} from '../plan.ts'
import {type Entry, editsOf, entriesOf, isEntry, withEntries} from './document.ts'
import {documentRow, domainTargets} from './rows.ts'

/** The public half of a new key. */
interface PublishedKey {
  publicKey: string
  record: string
}

export interface RotateInput {
  domain: string
  /** The one behind the newest, where nothing is said. */
  selector: string | undefined
  key: PublishedKey
  /**
   * Puts the private half where it belongs, once the rows are written.
   * @param reference what the record calls that place: its `secret_ref`
   * @throws Conflict, UpstreamFailed, TimedOut
   */
  keep(reference: string): Promise<void>
  /** Where it goes, in words: `/home/ada/acme.pem`. */
  keptIn: string
}

/**
 * Gives a domain another DKIM key beside those it has, which go on signing until the new one is published and deployed.
 * The private half is put away before COMMIT: there is never a record of a key that nobody has.
 */
export const rotateKey: Change<RotateInput, RecordEdit> = {
  permission: 'domain.write',
  grade: 'moderate',
  plan: async (db, input) => planRotate(await getDomain(db, input.domain), input),
  besides: (_trx, {rows: [row]}, {keep}) => keep(newestReference(row)),
}

function planRotate(domain: StoredDomain, {selector: wanted, key, keptIn}: RotateInput): Plan<RecordEdit> {
  const entries = entriesOf(domain)
  const selectors = entries.flatMap((entry) => selectorIn(entry) ?? [])
  const selector = wanted ?? nextSelector(selectors.at(-1)?.split('.')[0] ?? 'pm0', selectors)
  if (selectors.some((taken) => taken.toLowerCase() === selector.toLowerCase())) {
    throw new Conflict(`${domain.domain} has a key of the selector ${selector}.`, {
      hint: 'A selector is never used for another key: receivers know it with its old one. Leave --selector out.',
    })
  }
  const next = [...entries, entryOf(domain.domain, selector, key)]
  parseDnsDocument({records: next.slice(-1)})
  const waiting = entries
    .filter((entry) => isEntry(entry) && entry.needs_deployment === true)
    .flatMap((entry) => selectorIn(entry) ?? [])
  return {
    headline: `Give ${domain.domain} of ${domain.tenant ?? 'no tenant'} a new DKIM key, ${selector}.`,
    subject: domain.domain,
    targets: domainTargets(domain),
    rows: [documentRow(domain, withEntries(domain, next))],
    effects: editsOf(entries, next),
    warnings: [
      `The private key goes to ${keptIn}.`,
      ...(waiting.length > 0 ? [`Not deployed yet: ${waiting.join(', ')}.`] : []),
    ],
  }
}

function entryOf(domain: string, selector: string, {publicKey, record}: PublishedKey): Entry {
  return {
    record_type: 'DKIM',
    name: `${selector}._domainkey`,
    selector,
    value: record,
    public_key: publicKey,
    managed_by: 'platform',
    secret_ref: `vault://mail/dkim/${domain.toLowerCase()}/${selector}`,
    needs_deployment: true,
    ttl: 3600,
    verification_status: 'pending',
    last_verified_at: null,
    verification_attempts: 0,
    verification_error: null,
    source: 'platform',
  }
}

/** The record that was added stands last. */
function newestReference(row: RowChange | undefined): string {
  const document = row?.after?.dns_records ?? null
  const newest = isEntry(document) && Array.isArray(document.records) ? document.records.at(-1) : undefined
  return isEntry(newest) ? String(newest.secret_ref) : ''
}

function selectorIn(entry: Json): string | undefined {
  if (!isEntry(entry) || entry.record_type !== 'DKIM') return undefined
  if (typeof entry.selector === 'string') return entry.selector
  return /^(.+?)\._domainkey/i.exec(String(entry.name))?.[1]
}
