import type {JobRow} from '../changes/job/report.ts'
import type {JobEnding} from '../changes/job/watch.ts'
import {Conflict, Interrupted, PartlyDone, type PmError} from '../rules/errors.ts'
import {skippedOutcomes} from '../rules/item-outcome.ts'
import {BrokenOff, happened} from './broken-off.ts'

/** What can be run once a job has ended here, whole command lines. */
export interface NextCommands {
  resume: string
  results: string
  /** Does what failed, and what was left when it was canceled. */
  retry: string
  /** Lets jobs run again, where all are halted. */
  unhalt: string
}

/** What of a job counts when it has ended. */
type Ended = Pick<JobRow, 'job' | 'items' | 'changed' | 'failed' | 'already' | 'skipped' | 'left'>

/** How a run that broke nothing ended, where that was not all of it. */
export function notWhole(ending: JobEnding, job: Ended, next: NextCommands): PmError | undefined {
  const {resume, results, retry, unhalt} = next
  const {job: id} = job
  const stopped = (why: string, hint: string) => new PartlyDone(`${why} ${soFar(job)}`, {hint, details: {job}})
  switch (ending) {
    case 'interrupted':
      return new Interrupted(`Interrupted. ${soFar(job)}`, {hint: `Go on: ${resume}`, details: {job}})
    case 'canceled':
      return stopped(`Job ${id} was canceled.`, `See what was done: ${results}   Do the rest after all: ${retry}`)
    case 'paused':
      return stopped(`Job ${id} was paused.`, `Go on: ${resume}`)
    case 'halted':
      return stopped(`Job ${id} stopped, because all jobs are halted.`, `Let them run: ${unhalt}   Then: ${resume}`)
    case 'too many failures':
      return stopped(
        `Job ${id} stopped: more failed than --max-failures allows.`,
        `See why: ${results} --outcome failed   Go on all the same: ${resume}`,
      )
    case 'finished':
      return notAllChanged(job, next)
  }
}

function notAllChanged(job: Ended, {results}: NextCommands): PmError | undefined {
  const {job: id, changed, failed, already, skipped} = job
  if (changed + failed + already === 0)
    return new Conflict(`Nothing of job ${id} was possible any more.`, {hint: results})
  if (failed + skipped === 0) return undefined
  return new PartlyDone(`${whole(failed + skipped)} ${failed + skipped === 1 ? 'was' : 'were'} not changed.`, {
    hint: `See which and why: ${results} --outcome ${notChanged(job)}`,
  })
}

/** What a job did not do that was to be done once its items were committed; all of its rows are. */
export function leftUndone({message, hint, details}: PartlyDone, {job: id}: Ended, {resume}: NextCommands): PartlyDone {
  const again = `Or try again: ${resume}`
  return new PartlyDone(message, {
    hint: hint === undefined ? again : `${hint}   ${again}`,
    details: {job: id, left: details},
  })
}

/** A job that was to get more while it was worked on: what nobody had found yet is in no job. */
export function cutShort(job: Ended, command: string): PartlyDone {
  return new PartlyDone(`All that job ${job.job} holds is done, but what was to bring more had not come to its end.`, {
    hint: `Unless that still runs somewhere, do it again for the rest: ${command}`,
    details: {job, command},
  })
}

/**
 * What an error means for the job that it ended: of its transaction nothing was changed, but of the job more was.
 * @param job undefined where nobody could say any more how far it is
 * @param unwritten files that were asked for, and could not be written any more
 */
export function brokenOff(
  cause: PmError,
  id: number,
  job: Ended | undefined,
  unwritten: readonly string[],
  {resume}: Pick<NextCommands, 'resume'>,
): PmError {
  const files = unwritten.length === 0 ? [] : [`Not written: ${unwritten.join(', ')}.`]
  const stands = job ? soFar(job) : 'How far it is could not be read. What was done stands, and is not done twice.'
  const parts = {hint: goOn(cause, resume), details: {job: job ?? {job: id}}, cause}
  if (cause instanceof Interrupted) return new Interrupted(['Interrupted.', stands, ...files].join(' '), parts)
  return new BrokenOff(cause, [`Job ${id} stopped.`, happened(cause), stands, ...files].join(' '), parts)
}

function notChanged({failed, skipped}: Ended): string {
  return [...(failed > 0 ? ['failed'] : []), ...(skipped > 0 ? skippedOutcomes : [])].join(',')
}

function soFar({items, changed, failed, left}: Ended): string {
  const missed = failed === 0 ? '' : `, ${whole(failed)} failed`
  return `${changedOf(changed, items)}${missed}, ${whole(left)} ${left === 1 ? 'is' : 'are'} left.`
}

function changedOf(changed: number, items: number): string {
  if (changed === 0) return `None of ${whole(items)} was changed`
  const stay = changed === 1 ? 'was changed and stays so' : 'were changed and stay so'
  return `${whole(changed)} of ${whole(items)} ${stay}`
}

function goOn({reason}: PmError, resume: string): string {
  if (reason === 'databaseUnreachable') return `When the database is back: ${resume}`
  if (reason === 'permissionDenied' || reason === 'notIdentified') return `Who may do it can go on: ${resume}`
  return `Go on: ${resume}`
}

function whole(count: number): string {
  return count.toLocaleString('en')
}
