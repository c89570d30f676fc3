import {createHash} from 'node:crypto'
import {readFileSync, writeFileSync} from 'node:fs'
import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import {PackedItems} from '../changes/job/packed-items.ts'
import type {Grade} from '../changes/plan.ts'
import {Conflict, UsageError} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'

/** A plan of many changes, put aside to be done later exactly as it was seen. */
export interface SavedPlan {
  permission: Permission
  grade: Grade
  /** The database that it was made for. */
  place: string
  made: string
  plan: BulkPlan
}

interface PlanFile extends SavedPlan {
  pm_plan: 1
  /** Of the rest, so that a plan that somebody edited is not taken for what was seen. */
  sha256: string
}

/** Writes it to a file that only its owner can read: rows can hold personal data. @throws UsageError */
export function savePlan(file: string, saved: SavedPlan): void {
  const document: PlanFile = {pm_plan: 1, sha256: digestOf(saved), ...saved}
  try {
    writeFileSync(file, `${JSON.stringify(document)}\n`, {mode: 0o600})
  } catch (cause) {
    throw new UsageError(`${file} cannot be written.`, {cause})
  }
}

/**
 * @throws UsageError for a file that is no saved plan, was edited, or is of another command; Conflict when it was made
 *   for another database.
 */
export function loadPlan(file: string, permission: Permission, place: string): SavedPlan {
  const {pm_plan: _, sha256, ...saved} = parse(file)
  if (digestOf(saved) !== sha256) throw new UsageError(`${file} was changed since pm saved it.`, {hint: again})
  if (saved.permission !== permission) throw new UsageError(`${file} is a plan of another command.`)
  if (saved.place !== place) throw new Conflict(`${file} was planned for ${saved.place}, and this is ${place}.`)
  return {...saved, plan: {...saved.plan, items: PackedItems.of(saved.plan.items)}}
}

const again = 'Plan anew with --save.'

function parse(file: string): PlanFile {
  try {
    const document: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isPlanFile(document)) return document
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as a saved plan.`, {hint: again, cause})
  }
  throw new UsageError(`${file} is no plan that this pm saved.`, {hint: again})
}

// The digest vouches for the rest of it.
function isPlanFile(document: unknown): document is PlanFile {
  return typeof document === 'object' && document !== null && 'pm_plan' in document && document.pm_plan === 1
}

function digestOf({permission, grade, place, made, plan}: SavedPlan): string {
  return createHash('sha256').update(JSON.stringify({permission, grade, place, made, plan})).digest('hex')
}
