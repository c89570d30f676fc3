import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {beginsWith} from '../prefix.ts'
import {isUuid} from '../tenant/matches.ts'
import {type CompanyRow, selectCompanies} from './columns.ts'

/**
 * The company an operator named: by id, by workspace, or by name in any case.
 * @throws NotFound; Conflict listing the ids where several companies fit.
 */
export async function getCompany(db: Reader, named: string): Promise<CompanyRow> {
  const found = await candidates(db, named)
  const [company, another] = found
  if (!company) throw new NotFound(`No company ${named}.`, {hint: 'Give its name, its workspace or its id.'})
  if (!another) return company
  throw new Conflict(`Several companies fit ${named}.`, {
    hint: `Give the id: ${found.map(({id, tenant}) => `${id} (${tenant ?? '-'})`).join(', ')}`,
    details: found,
  })
}

async function candidates(db: Reader, named: string): Promise<CompanyRow[]> {
  if (isUuid(named)) return selectCompanies(db).where('c.id', '=', named).execute()
  const byWorkspace = await selectCompanies(db).where('c.workspace_name', '=', named).execute()
  if (byWorkspace.length > 0) return byWorkspace
  return selectCompanies(db)
    .where(sql<string>`lower(c.name)`, '=', named.toLowerCase())
    .orderBy('c.id')
    .limit(10)
    .execute()
}

/** What a prompt offers of companies whose name begins with what was typed so far. */
export async function searchCompanies(db: Reader, typed: string) {
  const companies = await selectCompanies(db)
    .where(beginsWith('c.name', typed))
    .orderBy('c.name')
    .orderBy('c.id')
    .limit(20)
    .execute()
  return companies.map(({id, company, tenant, status}) => ({
    value: id,
    name: `${company}  ${tenant ?? '-'}, ${status ?? '-'}`,
  }))
}
