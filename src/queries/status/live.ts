import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {domainOrdering, listDomains} from '../domain/list.ts'
import {ipOrdering, listIps} from '../ip/list.ts'
import {jobOrdering, listJobs} from '../job/list.ts'
import {listing} from '../paging.ts'
import {getOverview} from './overview.ts'

/** The platform as it is this moment: the counts, and the first of what they count. */
export type Live = Awaited<ReturnType<typeof getLive>>

const mostEach = 5

/** What the operator may not see is null, and `hidden` says so. */
export async function getLive(db: Reader, operator: Operator) {
  const overview = await getOverview(db, operator)
  const may = (permission: string) => operator.permissions.includes(permission)
  return {
    ...overview,
    listed: await ipsOf(db, {listed: true}),
    warm_ups: await ipsOf(db, {status: ['warming']}),
    failing: may('domain.read') ? await failingDomains(db) : null,
    jobs: may('audit.read') ? await unfinishedJobs(db) : null,
  }
}

function ipsOf(db: Reader, filter: Parameters<typeof listIps>[1]) {
  return listing(ipOrdering, () => listIps(db, filter))
    .query(db, {limit: mostEach})
    .execute()
}

function failingDomains(db: Reader) {
  return listing(domainOrdering, () => listDomains(db, {failing: true}))
    .query(db, {limit: mostEach})
    .execute()
}

function unfinishedJobs(db: Reader) {
  return listing(jobOrdering, () => listJobs(db, {standing: ['running', 'stopped', 'stalled', 'paused']}))
    .query(db, {limit: mostEach})
    .execute()
}
