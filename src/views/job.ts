import {fieldsSection, type Section} from '../output/detail.ts'
import type {Cell, View} from '../output/view.ts'
import type {JobRow} from '../queries/job/columns.ts'
import type {JobResult} from '../queries/job/results.ts'
import {itemOutcomes, outcomeWords} from '../rules/item-outcome.ts'
import {jobStandings} from '../rules/job-lifecycle.ts'
import type {Here} from './here.ts'
import {revocationView} from './revocation.ts'

/** How far a job is; `pm job show` adds what became of its items. */
export const jobView: View<JobRow> = {
  noun: 'job',
  plural: 'jobs',
  name: 'job',
  fields: {
    job: {kind: 'integer'},
    made: {kind: 'timestamp', header: 'Begun'},
    by: {kind: 'text'},
    headline: {kind: 'text', header: 'What', cell: sentence},
    standing: {
      kind: 'text',
      header: 'State',
      values: jobStandings,
      cell: (standing) => (standing === 'stalled' || standing === 'stopped' ? {text: standing, tone: 'bad'} : standing),
    },
    items: {kind: 'integer', header: 'To do'},
    changed: {kind: 'integer'},
    failed: {
      kind: 'integer',
      cell: (failed) => ({text: failed.toLocaleString('en'), ...(failed > 0 ? {tone: 'bad'} : {})}),
    },
    already: {kind: 'integer', header: 'There already'},
    skipped: {kind: 'integer'},
    left: {kind: 'integer'},
    change: {kind: 'integer'},
    undo_of: {kind: 'integer', header: 'Undo of', nullable: true},
    touched: {kind: 'timestamp', header: 'Last worked on', nullable: true},
    stalled_since: {kind: 'timestamp', header: 'Stalled since', nullable: true},
    stopped: {kind: 'text', header: 'Why', nullable: true, cell: sentence},
  },
  // What tells how far it is, first: a narrow terminal leaves out from the right.
  table: ['job', 'headline', 'standing', 'items', 'changed', 'failed', 'skipped', 'left', 'made', 'by'],
}

/** What became of one item of a job. */
export const jobResultView: View<JobResult> = {
  noun: 'result',
  plural: 'results',
  name: 'target',
  fields: {
    row: {kind: 'integer'},
    line: {kind: 'integer', header: 'Line', nullable: true},
    target: {kind: 'text'},
    outcome: {kind: 'text', values: itemOutcomes, cell: (outcome) => outcomeWords[outcome]},
    reason: {kind: 'text', nullable: true},
  },
  table: ['target', 'outcome', 'reason'],
}

/** A job that ended, to whoever saw what it is to do: what became of it, all in 80 columns. */
const endedJobView: View<JobRow> = {
  ...jobView,
  table: ['job', 'standing', 'items', 'changed', 'already', 'failed', 'skipped', 'left'],
}

/** A job that ended, its results, and what it does besides writing rows. */
export const jobViews = {job: endedJobView, result: jobResultView, step: revocationView}

/** What `pm job show` shows a person. */
export function jobSections(job: JobRow, here: Here): Section[] {
  const {job: id, items, left, failed, stalled_since, stopped} = job
  const stalled = [
    ...(stopped === null ? [] : (['stopped'] as const)),
    ...(stalled_since === null ? [] : (['stalled_since'] as const)),
  ]
  const known = ['job', 'headline', 'standing', ...stalled, 'made', 'by', 'change', 'undo_of', 'touched'] as const
  return [
    fieldsSection(job, jobView, known),
    {
      title: 'Progress',
      bars: [{label: 'Worked off', value: items - left, max: items, tone: failed > 0 ? 'warn' : 'good'}],
    },
    fieldsSection(job, jobView, ['items', 'changed', 'already', 'skipped', 'failed', 'left']),
    {lines: [...(stalled.length === 0 ? [] : [goOn(id, here)]), here(`What became of each: pm job results ${id}`)]},
  ]
}

function sentence(text: string): Cell {
  return {text, breaks: true}
}

function goOn(id: number, here: Here): Cell {
  return {text: here(`Nobody works on it any more. Go on: pm job resume ${id}`), tone: 'bad'}
}
