import type {JobProgress} from '../../queries/job/progress.ts'
import type {WorkedOff} from './work-off.ts'

/** How to work on a job. */
export interface RunOptions {
  /** Connections to use at once. */
  workers: number
  /** Items a second, all workers together; undefined for as fast as it goes. */
  rate: number | undefined
  /** How many seconds a replica may be behind before the job waits for it. */
  maxLagSeconds: number
  /** When its items were planned (Date.now); undefined where another process did. */
  planned?: number | undefined
  /** Aborted to stop after the transactions that are under way. */
  signal: AbortSignal
  /** Called with what each transaction did, before the worker goes on. */
  onWorkedOff?: (what: WorkedOff) => Promise<void> | void
  /** Called about once a second, with what the job waits for, in words, if it does. */
  onProgress?: (progress: JobProgress, waitsFor: string | null) => void
  /** Called with what the operator should know, though the job goes on. */
  onNotice?: (notice: string) => void
}
