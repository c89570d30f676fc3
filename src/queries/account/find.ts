import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {isAnyOf} from '../any-of.ts'
import {beginsWith} from '../prefix.ts'
import {isUuid} from '../tenant/matches.ts'
import {type AccountRow, selectAccounts} from './columns.ts'

/** An account as a write needs it: with its count as it is stored, which may be null. */
export interface StoredAccount extends AccountRow {
  stored_count: number | null
}

/**
 * The e-mail accounts with these addresses, in any case, or ids, in the order given.
 * @throws NotFound naming every unknown one; Conflict where an address is of several accounts.
 */
export async function getAccounts(db: Reader, named: readonly string[]): Promise<StoredAccount[]> {
  const found = await candidates(db, named)
  const byId = Map.groupBy(found, ({id}) => id)
  const byAddress = Map.groupBy(found, ({account}) => account.toLowerCase())
  const of = (name: string) => byId.get(name.toLowerCase()) ?? byAddress.get(name.toLowerCase()) ?? []
  const missing = named.filter((name) => of(name).length === 0)
  if (missing.length > 0) throw unknown(missing)
  return [...new Set(named.map((name) => onlyOne(name, of(name))))]
}

/** @throws NotFound, Conflict */
export async function getAccount(db: Reader, named: string): Promise<StoredAccount> {
  const [account] = await getAccounts(db, [named])
  if (!account) throw unknown([named])
  return account
}

async function candidates(db: Reader, named: readonly string[]): Promise<StoredAccount[]> {
  const accounts = selectAccounts(db).select('e.daily_count as stored_count')
  const ids = named.filter(isUuid)
  const addresses = named.filter((name) => !isUuid(name)).map((name) => name.toLowerCase())
  const byId = ids.length === 0 ? [] : await accounts.where(isAnyOf('e.id', ids, 'uuid')).execute()
  if (addresses.length === 0) return byId
  const byAddress = await accounts
    .where(sql<boolean>`lower(e.email) = any(${addresses}::text[])`)
    .orderBy('e.id')
    .execute()
  return [...byId, ...byAddress]
}

function onlyOne(name: string, found: readonly StoredAccount[]): StoredAccount {
  const [account, another] = found
  if (account && !another) return account
  throw new Conflict(`Several e-mail accounts have the address ${name}.`, {
    hint: `Give the id: ${found.map(({id, tenant}) => `${id} (${tenant ?? '-'})`).join(', ')}`,
    details: found,
  })
}

function unknown(missing: readonly string[]): NotFound {
  const shown = missing.slice(0, 5).join(', ') + (missing.length > 5 ? ` and ${missing.length - 5} more` : '')
  return new NotFound(`No e-mail account${missing.length === 1 ? '' : 's'} ${shown}.`, {
    hint: 'See which there are: pm account list --tenant TENANT',
    details: {missing},
  })
}

/** What a prompt offers of accounts whose address begins with what was typed so far. */
export async function searchAccounts(db: Reader, typed: string) {
  const accounts = await selectAccounts(db)
    .where(beginsWith('e.email', typed))
    .orderBy('e.email')
    .orderBy('e.id')
    .limit(20)
    .execute()
  return accounts.map(({account, tenant, status}) => ({
    value: account,
    name: `${account}  ${tenant ?? '-'}, ${status ?? '-'}`,
  }))
}
