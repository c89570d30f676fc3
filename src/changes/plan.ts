import type {GuardedTableName} from '../db/guarded-tables.ts'
import type {Operator} from '../db/identity.ts'
import type {Json} from '../db/schema/json.ts'
import type {AuditedTransaction, Reader, Session} from '../db/transaction.ts'
import type {Besides} from '../rules/deed.ts'
import type {Permission} from '../rules/permissions.ts'

export type Columns = Readonly<Record<string, Json>>

/** One row that a change touches. */
export interface RowChange {
  table: GuardedTableName
  /** How people call the row: `ip 203.0.113.24`. */
  label: string
  key: Columns
  /** What the plan relies on; it must still hold when the change is applied. Null: the row is new. */
  before: Columns | null
  /** The columns to set. Null: the row goes. `updated` is kept by the engine. */
  after: Columns | null
  /** Set where an effect of the plan says it in better words. */
  inEffects?: true
}

export const planObstacles = ['not sold', 'over limit'] as const
export type PlanObstacle = (typeof planObstacles)[number]

/**
 * What a change stands on besides its own rows, by ids. It was so when it was planned; a job, which may do it much later,
 * looks whether it still is.
 */
export interface Footing {
  /** Not deleted. */
  tenant?: string | undefined
  /** Not deleted. */
  user?: string | undefined
  /** A plan that is sold, and whose limits the tenant is within. */
  plan?: string | undefined
  /** What need not be so of the plan. */
  although?: readonly PlanObstacle[]
}

export type Op = 'insert' | 'update' | 'delete'

/** What happens to the row. */
export function opOf({before, after}: Pick<RowChange, 'before' | 'after'>): Op {
  if (before === null) return 'insert'
  return after === null ? 'delete' : 'update'
}

/** What a change would do, as data: shown to the operator, then applied exactly so or not at all. */
export interface Plan<Effect extends object = never> {
  /** One sentence in the imperative: “Quarantine 203.0.113.24 and move 7 domains of 4 tenants.” */
  headline: string
  /** What is typed to consent where a name must be typed: the one thing's name, or how many there are. */
  subject: string
  /** What is touched, as `noun:name`, for the audit record. */
  targets: readonly string[]
  rows: readonly RowChange[]
  standsOn?: Footing
  /** How many more such rows there are, where only the first are at hand, to be shown. */
  furtherRows?: number
  /** What the rows mean to the operator, one line each: which domain goes where. */
  effects: readonly Effect[]
  /** How many go from where to where, the most first, where many move. */
  flows?: readonly Flow[]
  /** What the operator should know before consenting. */
  warnings: readonly string[]
  /**
   * What the ids in the rows are called, for showing them: `growth` rather than a UUID. One that is a number stands under
   * its column, too: `role_id 3`.
   */
  called?: Readonly<Record<string, string>>
  /** The change that this one undoes. */
  undoes?: number
  /** What the change does besides its rows, as data: a job keeps it for whoever works it off. */
  besides?: Besides
  /** What is as wanted already, and so left alone. */
  settled?: readonly Settled[]
}

/** A thing that needs no change: its id, and that it is so already, in a sentence. */
interface Settled {
  id: string
  said: string
}

/** How many things go from one place to another; null is none. */
export interface Flow {
  from: string | null
  to: string | null
  count: number
}

/** How much consent a change takes (DESIGN §3). */
export const grades = ['mild', 'moderate', 'severe'] as const
export type Grade = (typeof grades)[number]

/** One kind of write. Planned by reading; applied by the one engine in `apply.ts`. */
export interface Change<Input, Effect extends object = never> {
  permission: Permission
  grade: Grade
  /** @throws NotFound, Conflict or UsageError when it cannot be done. */
  plan(db: Reader, input: Input, operator: Operator): Promise<Plan<Effect>>
  /**
   * What is done besides the rows, in the same transaction, once they are written and so locked: making a database role,
   * telling Stripe. The plan has shown it. It fails, and nothing is written; what it did outside of the database stays
   * if the COMMIT fails, so doing it again must be harmless.
   * @throws Conflict, UpstreamFailed
   */
  besides?(trx: AuditedTransaction, plan: Plan<Effect>, input: Input): Promise<void>
  /**
   * What must be true once the rows are written, checked before COMMIT: what another session slipped in shows here.
   * @throws Conflict
   */
  verify?(db: Reader, plan: Plan<Effect>): Promise<void>
  /**
   * What is done once the change is committed, since no rollback takes it back: ending sessions. The plan has shown it.
   * Returns what became of it, in a sentence.
   * @throws PartlyDone for what could not be done: the change stands all the same
   */
  afterwards?(session: Session, plan: Plan<Effect>): Promise<string | undefined>
}
