import type {Entry} from '../output/board.ts'
import type {Live} from '../queries/status/live.ts'
import {aligned, chosenLine} from './aligned.ts'
import {jobRow} from './job-row.ts'
import {someCount} from './some-count.ts'

/** What needs somebody now, a line each: for a start. */
export function attentionEntries(live: Live): Entry[] {
  const {past_due: due} = live
  const owed: Entry[] =
    due && due.subscriptions > 0
      ? [
          chosenLine(
            'subscription list --status past_due,unpaid',
            `${someCount(due.subscriptions)} subscriptions past due`,
            'bad',
          ),
        ]
      : []
  return [
    ...aligned((live.jobs ?? []).map(jobRow).map(({drawn: _, ...row}) => row)),
    ...counted(live.listed_ips, 'IPs on a blocklist', 'ip list --listed'),
    ...counted(failingCount(live), 'domains that fail', 'domain list --failing'),
    ...counted(live.warming.stuck, 'warm-ups older than 30 days', 'ip list --status warming'),
    ...owed,
  ]
}

function counted(count: number, what: string, command: string): Entry[] {
  return count > 0 ? [chosenLine(command, `${someCount(count)} ${what}`, 'bad')] : []
}

/** The domains that fail, for whatever reason. */
export function failingCount({domains}: Live): number {
  return (domains ?? []).reduce((sum, {count}) => sum + count, 0)
}
