import type {RecordVerdict} from '../dns/records/verdict.ts'
import type {View} from '../output/view.ts'

/** That a record of a domain is in another state than when it was last asked for. */
export interface StateChange {
  at: string
  record: string
  name: string
  /** Null the first time. */
  from: RecordVerdict['state'] | null
  to: RecordVerdict['state']
  /** Seconds until caches have forgotten what they remember. */
  retry_after_s: number | null
}

export const stateChangeView: View<StateChange> = {
  noun: 'change',
  plural: 'changes',
  name: 'record',
  fields: {
    at: {kind: 'timestamp'},
    record: {kind: 'text'},
    name: {kind: 'text'},
    from: {kind: 'text', nullable: true},
    to: {kind: 'text', header: 'State', cell: (to) => ({text: to, tone: to === 'ok' ? 'good' : 'warn'})},
    retry_after_s: {kind: 'integer', header: 'Again in, s', nullable: true},
  },
  table: ['at', 'record', 'name', 'from', 'to', 'retry_after_s'],
}
