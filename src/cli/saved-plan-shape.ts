import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import type {JobItem} from '../changes/job/item.ts'
import {PackedItems} from '../changes/job/packed-items.ts'
import {type Flow, type Footing, type Grade, grades, planObstacles, type RowChange} from '../changes/plan.ts'
import {type GuardedTableName, guardedTableNames, guardedTables} from '../db/guarded-tables.ts'
import {type Besides, deedNames} from '../rules/deed.ts'
import {missedOutcomes} from '../rules/item-outcome.ts'
import {type Permission, permissionNames} from '../rules/permissions.ts'
import {type RevocationStep, revocationSteps} from '../rules/revocation.ts'
import {
  integer,
  listOf,
  malformed,
  moment,
  nullable,
  object,
  oneOf,
  optional,
  parseShape,
  record,
  recordOf,
  type Shape,
  text,
} from './json-shape.ts'

/** A plan of many changes, put aside to be done later exactly as it was seen. */
export interface SavedPlan {
  /** The id of the command that made it, which alone may do it. */
  command: string
  permission: Permission
  grade: Grade
  /** The database that it was made for. */
  place: string
  /** Who made it: the e-mail, or the login of who is not on the staff. */
  by: string
  /** The command line that made it. */
  line: string
  made: string
  /** From when on it is too old to be done. */
  until: string
  plan: BulkPlan
}

/** All of a saved plan but its items. @throws UsageError that says what is wrong with it, and where */
export function parseHead(at: string, json: string): SavedPlan {
  return parseShape(json, head, at)
}

/** One item of a plan that needs a permission. @throws UsageError that says what is wrong with it, and where */
export function parseItem(at: string, json: string, permission: Permission): JobItem {
  return parseShape(json, itemUnder(permission), at)
}

// Of the list it came from, if it came from one.
const line: Shape<number | undefined> = (value, at) => (value === undefined ? undefined : integer(value, at))

const missed = object((take) => ({
  target: take('target', text),
  outcome: take('outcome', oneOf(missedOutcomes)),
  reason: take('reason', text),
  line: take('line', line),
}))

const flow: Shape<Flow> = object((take) => ({
  from: take('from', nullable(text)),
  to: take('to', nullable(text)),
  count: take('count', integer),
}))

const plan: Shape<SavedPlan['plan']> = object((take) => ({
  headline: take('headline', text),
  subject: take('subject', text),
  targets: take('targets', listOf(text)),
  warnings: take('warnings', listOf(text)),
  missed: take('missed', listOf(missed)),
  ...take(
    'called',
    optional(recordOf(text), (called) => ({called})),
  ),
  ...take(
    'flows',
    optional(listOf(flow), (flows) => ({flows})),
  ),
  ...take(
    'undoes',
    optional(integer, (undoes) => ({undoes})),
  ),
  // They stand in lines of their own.
  items: new PackedItems(),
}))

const head: Shape<SavedPlan> = object((take) => ({
  command: take('command', text),
  permission: take('permission', oneOf(permissionNames)),
  grade: take('grade', oneOf(grades)),
  place: take('place', text),
  by: take('by', text),
  line: take('line', text),
  made: take('made', moment),
  until: take('until', moment),
  plan: take('plan', plan),
}))

const step: Shape<RevocationStep> = object((take) => ({
  step: take('step', oneOf(revocationSteps)),
  target: take('target', text),
  what: take('what', text),
}))

const deed: Shape<Besides> = object((take) => ({
  does: take('does', oneOf(deedNames)),
  steps: take('steps', listOf(step)),
}))

const id: Shape<string | undefined> = (value, at) => (value === undefined ? undefined : text(value, at))

const footing: Shape<Footing> = object((take) => ({
  tenant: take('tenant', id),
  user: take('user', id),
  plan: take('plan', id),
  ...take(
    'although',
    optional(listOf(oneOf(planObstacles)), (although) => ({although})),
  ),
}))

const standsOn: Shape<Footing | undefined> = (value, at) => (value === undefined ? undefined : footing(value, at))

const besides: Shape<Besides | undefined> = (value, at) => (value === undefined ? undefined : deed(value, at))

function itemUnder(permission: Permission): Shape<JobItem> {
  return object((take) => ({
    target: take('target', text),
    targets: take('targets', listOf(text)),
    line: take('line', line),
    rows: take('rows', rowsUnder(permission)),
    standsOn: take('standsOn', standsOn),
    besides: take('besides', besides),
  }))
}

function rowsUnder(permission: Permission): Shape<RowChange[]> {
  const rows = listOf(rowUnder(permission))
  return (value, at) => {
    const some = rows(value, at)
    if (some.length > 0) return some
    throw malformed(at, 'rows that change')
  }
}

// What the key and the columns are called, the database checks when it compares the row with what it has.
function rowUnder(permission: Permission): Shape<RowChange> {
  const row: Shape<RowChange> = object((take) => ({
    table: take('table', tableUnder(permission)),
    label: take('label', text),
    key: take('key', record),
    before: take('before', nullable(record)),
    after: take('after', nullable(record)),
  }))
  return (value, at) => {
    const made = row(value, at)
    if (made.before === null && made.after === null) throw malformed(at, 'a row that changes')
    const key: readonly string[] = guardedTables[made.table].key
    if (key.join() === Object.keys(made.key).sort().join()) return made
    throw malformed(`${at}.key`, `{${key.join(', ')}}`)
  }
}

function tableUnder(permission: Permission): Shape<GuardedTableName> {
  const own = guardedTableNames.filter((table) => guardedTables[table].permission === permission)
  return oneOf(own)
}
