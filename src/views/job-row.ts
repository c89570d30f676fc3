import {bar} from '../output/bars.ts'
import type {Tone} from '../output/view.ts'
import type {Live} from '../queries/status/live.ts'
import type {JobStanding} from '../rules/job-lifecycle.ts'
import type {Row} from './aligned.ts'
import {whole} from './some-count.ts'

const barWidth = 10

/** How far a job is, on one line. */
export function jobRow({job, headline, standing, items, left, failed}: NonNullable<Live['jobs']>[number]): Row {
  const trouble = failed > 0 ? `, ${whole(failed)} failed` : ''
  return {
    id: `job show ${job}`,
    drawn: bar(items - left, items, barWidth),
    cells: [`job ${job}`, `${standing}${trouble}`, `${whole(items - left)} of ${whole(items)}`, headline],
    tone: toneOf(standing, failed),
  }
}

function toneOf(standing: JobStanding, failed: number): Tone {
  if (standing === 'stalled' || standing === 'stopped') return 'bad'
  return failed > 0 ? 'warn' : 'info'
}
