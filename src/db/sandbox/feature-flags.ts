import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {staffId} from './staff.ts'

interface Flag {
  key: string
  description: string | null
  on: boolean
  /** Percent of the tenants it is on for. */
  rollout: number
  /** Who touched it last, and how many days ago. */
  by: string | null
  ago: number
}

const flags: readonly Flag[] = [
  {key: 'warmup_v2', description: 'Warm IPs up by reputation feedback', on: true, rollout: 100, by: 'Ada', ago: 88.2},
  {key: 'new_editor', description: 'Block editor for templates', on: true, rollout: 25, by: 'Olga', ago: 6.3},
  {key: 'ai_subject_lines', description: 'Suggest subject lines', on: true, rollout: 5, by: 'Olga', ago: 1.4},
  {key: 'eta_async_includes', description: 'Async includes in Eta', on: true, rollout: 50, by: 'Ada', ago: 33.9},
  {key: 'stripe_portal_v3', description: 'New customer portal', on: false, rollout: 0, by: 'Bill', ago: 2.7},
  {key: 'dark_mode', description: null, on: true, rollout: 100, by: null, ago: 402.5},
  // Switched off with its rollout kept, to go on from there.
  {key: 'bulk_lead_import', description: 'Import by file', on: false, rollout: 60, by: 'Ada', ago: 0.2},
  // Switched on for nobody.
  {key: 'ipv6_sending', description: 'Prefer IPv6 where the MX has it', on: true, rollout: 0, by: 'Olga', ago: 15.1},
]

/** Rows of `feature_flags`. */
export function flagRows(clock: Clock): RowOf<'feature_flags'>[] {
  return flags.map(({key, description, on, rollout, by, ago}) => ({
    id: sandboxId(`flag:${key}`),
    key,
    description,
    is_enabled: on,
    rollout_percentage: rollout,
    updated_by: by === null ? null : staffId(by),
    updated: clock.daysAgo(ago),
  }))
}
