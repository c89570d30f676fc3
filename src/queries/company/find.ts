import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'
import {foundBy, type Naming, oneNamed} from '../each-named.ts'
import {firstBeginning, isNamed} from '../names.ts'
import {inPrefixOrder} from '../prefix.ts'
import {isUuid} from '../tenant/matches.ts'
import {type CompanyRow, selectCompanies} from './columns.ts'

/**
 * The companies with these ids, workspaces or, in any case, names, in the order given. A workspace goes before a name.
 * @throws NotFound naming every unknown one; Conflict listing the ids where several companies fit one.
 */
export async function getCompanies(db: Reader, named: readonly string[]): Promise<CompanyRow[]> {
  return foundBy(await candidates(db, named), naming).meantBy(named)
}

/** @throws NotFound, Conflict */
export async function getCompany(db: Reader, named: string): Promise<CompanyRow> {
  return oneNamed(named, await candidates(db, [named]), naming)
}

const naming: Naming<CompanyRow> = {
  noun: 'company',
  nouns: ['company', 'companies'],
  names: ({workspace, company}) => [workspace, company],
  hint: 'Give the workspace, the name or the id. See: pm company list',
}

async function candidates(db: Reader, named: readonly string[]): Promise<CompanyRow[]> {
  const companies = selectCompanies(db).orderBy('c.id')
  const ids = named.filter(isUuid)
  const names = named.filter((name) => !isUuid(name))
  return [
    ...(await companies.where(isAnyOf('c.id', ids, 'uuid')).execute()),
    ...(await companies.where(isAnyOf('c.workspace_name', names, 'text')).execute()),
    ...(await companies.where(isNamed(db, 'c.id', 'pm.company_names', names)).execute()),
  ]
}

/** What a prompt offers of companies whose name begins with what was typed so far. */
export async function searchCompanies(db: Reader, typed: string) {
  const companies = await selectCompanies(db)
    .innerJoin(firstBeginning(db, 'pm.company_names', typed, 20).as('n'), 'n.id', 'c.id')
    .orderBy(inPrefixOrder('n.name'))
    .orderBy('c.id')
    .execute()
  return companies.map(({id, company, tenant, status}) => ({
    value: id,
    name: `${company}  ${tenant ?? '-'}, ${status ?? '-'}`,
  }))
}
