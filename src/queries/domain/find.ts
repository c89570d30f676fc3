import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {spelledDomain, spellingsOf} from '../../rules/domain-name.ts'
import {isAnyOf} from '../any-of.ts'
import {type Found, foundBy, type Naming, oneNamed} from '../each-named.ts'
import {isNamed} from '../names.ts'
import {isUuid} from '../tenant/matches.ts'
import {type DomainRow, selectDomains} from './columns.ts'

/** A domain as a write needs it: with its document, and with what may be null as it is stored. */
export interface StoredDomain extends DomainRow {
  dns_records: Json | null
  is_primary: boolean | null
}

/** The domains with these names, in any case, or ids. */
export async function findDomains(db: Reader, named: readonly string[]): Promise<Found<StoredDomain>> {
  return foundBy(await candidates(db, named), naming)
}

/** @throws NotFound, Conflict */
export async function getDomain(db: Reader, named: string): Promise<StoredDomain> {
  return oneNamed(named, await candidates(db, [named]), naming)
}

const naming: Naming<StoredDomain> = {
  noun: 'domain',
  nouns: ['domain', 'domains'],
  names: ({domain}) => spellingsOf(domain),
  hint: 'See which there are: pm domain list',
}

async function candidates(db: Reader, named: readonly string[]): Promise<StoredDomain[]> {
  const ids = named.filter(isUuid)
  const byId = await stored(db)
    .where(isAnyOf('d.id', ids, 'uuid'))
    .execute()
  const names = named.filter((name) => !isUuid(name))
  return [...byId, ...(await listHolders(db, [...names, ...names.map(spelledDomain)]))]
}

/** The domains that have one of these names, in any case. */
export function listHolders(db: Reader, names: readonly string[]): Promise<StoredDomain[]> {
  return stored(db)
    .where(isNamed(db, 'd.id', 'pm.domain_names', names))
    .execute()
}

/** The primary domains of tenants; each should have one at most. */
export function listPrimaries(db: Reader, tenantIds: readonly string[]): Promise<StoredDomain[]> {
  return stored(db)
    .where(isAnyOf('d.tenant_id', tenantIds, 'uuid'))
    .where('d.is_primary', '=', true)
    .execute()
}

function stored(db: Reader) {
  return selectDomains(db).select(['d.dns_records', 'd.is_primary']).orderBy('d.id')
}
