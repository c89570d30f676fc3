import type {Reader} from '../../db/transaction.ts'
import {showJob} from '../../queries/job/list.ts'
import {Conflict} from '../../rules/errors.ts'
import {type JobStanding, type JobState, jobMoves} from '../../rules/job-lifecycle.ts'
import type {Change, Plan} from '../plan.ts'

const verbs: Readonly<Record<JobState, string>> = {running: 'Go on with', paused: 'Pause', canceled: 'Cancel'}

/** Makes a job wait, go on, or end early. Whoever works on it stops, or goes on, after the transaction under way. */
export function moveJob(to: JobState): Change<{job: number}> {
  return {
    permission: 'job.write',
    // Whoever paused a job had a reason, and what is canceled does not come back.
    grade: to === 'paused' ? 'mild' : 'moderate',
    plan: (db, {job}) => planMove(db, job, to),
  }
}

async function planMove(db: Reader, id: number, to: JobState): Promise<Plan> {
  const {headline, standing} = await showJob(db, id)
  const state = standing === 'stalled' || standing === 'stopped' ? 'running' : standing
  const told = {subject: `${id}`, targets: [`job:${id}`], effects: [], warnings: []}
  if (state === to) return {...told, headline: `Job ${id} is ${to} already.`, rows: []}
  if (!jobMoves[standing].includes(to)) throw impossible(id, standing, to)
  const row = {table: 'pm.jobs', label: `job ${id}`, key: {id}, before: {state}, after: {state: to}} as const
  return {...told, headline: `${verbs[to]} job ${id}: ${headline}`, rows: [row]}
}

function impossible(id: number, standing: JobStanding, to: JobState): Conflict {
  return new Conflict(`Job ${id} is ${standing}: there is nothing to ${verbs[to].toLowerCase()}.`, {
    hint: `See what it did: pm job results ${id}${standing === 'canceled' ? `   Do the rest after all: pm job retry ${id}` : ''}`,
  })
}
