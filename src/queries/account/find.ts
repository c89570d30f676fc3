import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'
import {type Found, foundBy, type Naming, oneNamed} from '../each-named.ts'
import {firstBeginning, isNamed} from '../names.ts'
import {inPrefixOrder} from '../prefix.ts'
import {isUuid} from '../tenant/matches.ts'
import {type AccountRow, selectAccounts} from './columns.ts'

/** An account as a write needs it: with its count as it is stored, which may be null. */
export interface StoredAccount extends AccountRow {
  stored_count: number | null
}

/** The e-mail accounts with these addresses, in any case, or ids. */
export async function findAccounts(db: Reader, named: readonly string[]): Promise<Found<StoredAccount>> {
  return foundBy(await candidates(db, named), naming)
}

/** @throws NotFound, Conflict */
export async function getAccount(db: Reader, named: string): Promise<StoredAccount> {
  return oneNamed(named, await candidates(db, [named]), naming)
}

const naming: Naming<StoredAccount> = {
  noun: 'account',
  nouns: ['e-mail account', 'e-mail accounts'],
  names: ({account}) => [account],
  hint: 'See which there are: pm account list --tenant TENANT',
}

async function candidates(db: Reader, named: readonly string[]): Promise<StoredAccount[]> {
  const accounts = selectAccounts(db).select('e.daily_count as stored_count').orderBy('e.id')
  const ids = named.filter(isUuid)
  const addresses = named.filter((name) => !isUuid(name))
  return [
    ...(await accounts.where(isAnyOf('e.id', ids, 'uuid')).execute()),
    ...(await accounts.where(isNamed(db, 'e.id', 'pm.account_names', addresses)).execute()),
  ]
}

/** What a prompt offers of accounts whose address begins with what was typed so far. */
export async function searchAccounts(db: Reader, typed: string) {
  const accounts = await selectAccounts(db)
    .innerJoin(firstBeginning(db, 'pm.account_names', typed, 20).as('n'), 'n.id', 'e.id')
    .orderBy(inPrefixOrder('n.name'))
    .orderBy('e.id')
    .execute()
  return accounts.map(({account, tenant, status}) => ({
    value: account,
    name: `${account}  ${tenant ?? '-'}, ${status ?? '-'}`,
  }))
}
