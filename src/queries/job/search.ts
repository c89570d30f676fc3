import type {Reader} from '../../db/transaction.ts'
import {selectJobs} from './columns.ts'

/** Jobs to choose from, the newest first: those whose number or words begin as typed. */
export async function searchJobs(db: Reader, typed: string) {
  const jobs = await selectJobs(db).orderBy('j.id', 'desc').limit(200).execute()
  const wanted = typed.trim().toLowerCase()
  return jobs
    .filter(({job, headline}) => `${job}`.startsWith(wanted) || headline.toLowerCase().includes(wanted))
    .slice(0, 20)
    .map(({job, headline, standing}) => ({value: `${job}`, name: `${job}  ${headline}`, description: standing}))
}
