import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'
import {type Naming, oneNamed} from '../each-named.ts'
import {isNamed} from '../names.ts'
import {isUuid} from '../tenant/matches.ts'
import {type DomainRow, selectDomains} from './columns.ts'

/** A domain as a write needs it: with its document, and with what may be null as it is stored. */
export interface StoredDomain extends DomainRow {
  dns_records: Json | null
  is_primary: boolean | null
}

/**
 * The domain with this name, in any case, or id.
 * @throws NotFound; Conflict where several tenants hold the name.
 */
export async function getDomain(db: Reader, named: string): Promise<StoredDomain> {
  return oneNamed(named, await candidates(db, [named]), naming)
}

const naming: Naming<StoredDomain> = {
  nouns: ['domain', 'domains'],
  names: ({domain}) => [domain],
  hint: 'See which there are: pm domain list',
}

async function candidates(db: Reader, named: readonly string[]): Promise<StoredDomain[]> {
  const domains = selectDomains(db).select(['d.dns_records', 'd.is_primary']).orderBy('d.id')
  const ids = named.filter(isUuid)
  const names = named.filter((name) => !isUuid(name))
  return [
    ...(await domains.where(isAnyOf('d.id', ids, 'uuid')).execute()),
    ...(await domains.where(isNamed(db, 'd.id', 'pm.domain_names', names)).execute()),
  ]
}
