import type {Reader} from '../../db/transaction.ts'
import {listCampaignsOf} from '../../queries/campaign/sending.ts'
import type {CompanyRow} from '../../queries/company/columns.ts'
import {getCompanies} from '../../queries/company/find.ts'
import type {CompanyStatus} from '../../rules/company-status.ts'
import {firstFew} from '../../rules/first-few.ts'
import {planEach, tenantsOf} from '../each.ts'
import type {Change, RowChange} from '../plan.ts'

export interface SetStatusInput {
  /** Workspaces, names or ids. */
  companies: readonly string[]
  status: CompanyStatus
}

/** Sets the status of companies. Those that have it already are left alone. */
export const setCompanyStatus: Change<SetStatusInput> = {
  permission: 'company.write',
  grade: 'moderate',
  plan: async (db, {companies, status}) => {
    const {plan, changing} = await planEach({
      things: await getCompanies(db, companies),
      nouns: ['company', 'companies'],
      nameOf: ({company}) => company,
      targetOf: ({id}) => `company:${id}`,
      isSo: (company) => company.status === status,
      already: status,
      rowOf: (company) => changed(company, status),
      headline: (what) => `Make ${what} ${status}.`,
    })
    const sending = status === 'active' ? [] : await whatSendsOn(db, changing)
    return {...plan, warnings: [...plan.warnings, ...sending]}
  },
}

function changed(company: CompanyRow, status: CompanyStatus): RowChange {
  return {
    table: 'public.companies',
    label: `company ${company.company} of ${tenantsOf([company])}`,
    key: {id: company.id},
    before: {status: company.status},
    after: {status},
  }
}

// What a company's status stops is for the platform to say; pm pauses nothing by it.
async function whatSendsOn(db: Reader, companies: readonly CompanyRow[]): Promise<string[]> {
  const campaigns = await listCampaignsOf(db, companies)
  if (campaigns.length === 0) return []
  return [`Sending now, and not paused by this: ${firstFew(campaigns)}. To pause them: pm campaign pause`]
}
