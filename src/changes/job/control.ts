import type {Reader} from '../../db/transaction.ts'
import {getJob} from '../../queries/job/find.ts'
import {Conflict} from '../../rules/errors.ts'
import {type JobState, jobMoves} from '../../rules/job-lifecycle.ts'
import type {Change, Plan} from '../plan.ts'

const verbs: Readonly<Record<JobState, string>> = {running: 'Go on with', paused: 'Pause', canceled: 'Cancel'}

/** Makes a job wait, go on, or end early. Whoever works on it stops, or goes on, after the transaction under way. */
export function moveJob(to: JobState): Change<{job: number}> {
  return {
    permission: 'job.write',
    grade: to === 'canceled' ? 'moderate' : 'mild',
    plan: (db, {job}) => planMove(db, job, to),
  }
}

async function planMove(db: Reader, id: number, to: JobState): Promise<Plan> {
  const {headline, state} = await getJob(db, id)
  const name = `job ${id}`
  const told = {subject: `${id}`, targets: [`job:${id}`], effects: [], warnings: []}
  if (state === to) return {...told, headline: `${name} is ${to} already.`, rows: []}
  if (!jobMoves[state].includes(to)) throw new Conflict(`${name} is ${state} and cannot become ${to}.`)
  const row = {table: 'pm.jobs', label: name, key: {id}, before: {state}, after: {state: to}} as const
  return {...told, headline: `${verbs[to]} ${name}: ${headline}`, rows: [row]}
}
