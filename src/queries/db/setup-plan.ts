import type {MendedPolicy} from '../../db/raising-policies.ts'

/** One thing that a set-up sees to. */
export interface SetupItem {
  kind: 'migration' | 'permission' | 'role' | 'policy'
  item: string
  /** `left alone` is what a person must see to. */
  state: 'pending' | 'applied' | 'already there' | 'left alone'
  detail: string | null
  /** Of a policy that is mended. */
  before: string | null
  after: string | null
}

/** What `pm db setup` would do. */
export interface SetupPlan {
  login: string
  database: string
  /** Whether the platform's tables are there already; then they stay as they are. */
  platform: 'absent' | 'whole'
  items: SetupItem[]
  /** The policies that are to be mended. */
  policies: MendedPolicy[]
}

/** What of a plan is still to be done. */
export function pendingItems({items}: Pick<SetupPlan, 'items'>): SetupItem[] {
  return items.filter(({state}) => state === 'pending')
}
