import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getChange, listImages, type RowImage} from '../../queries/audit/find.ts'
import {namesOfIds} from '../../queries/names-of-ids.ts'
import {Conflict} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import {isPermission} from '../../rules/permissions.ts'
import {verifyInvariants} from '../invariants.ts'
import {notAsPlanned} from '../not-as-planned.ts'
import type {Change, Plan, RowChange} from '../plan.ts'
import {assertAdminStays} from '../staff/last-admin.ts'
import {assertNotOwn} from '../staff/own-place.ts'
import {keyOf, lacksSecret, reverse} from './reverse.ts'

/**
 * Puts back what a change did, row by row. A row that differs from what the change left is never overwritten: the
 * engine refuses the whole undo and lists such rows. Nothing outside the database is undone.
 * @throws Conflict when this version does not know the permission.
 * @param original the permission that the change itself needed; undoing needs it again, and `audit.undo`
 */
export function undoChange(original: string): Change<{id: number}> {
  if (!isPermission(original)) throw new Conflict(`This version of pm does not know the permission ${original}.`)
  return {permission: original, grade: 'moderate', plan: planUndo, verify: verifyInvariants}
}

async function planUndo(db: Reader, {id}: {id: number}, operator: Operator): Promise<Plan> {
  const change = await getChange(db, id)
  if (change.undone_by !== null) throw new Conflict(`Change ${id} was undone already, by change ${change.undone_by}.`)
  const images = fold(await listImages(db, id))
  if (images.some(lacksSecret))
    throw new Conflict(`Change ${id} touched a secret, which the record does not keep: it cannot be undone.`)
  // Backwards: what was added last goes first.
  const rows = (await reverse(db, images, operator)).reverse()
  await assertNotOwn(db, operator, rows)
  const changed = await notAsPlanned(db, rows)
  if (changed.length > 0) throw changedSince(change, changed)
  await assertAdminStays(db, rows)
  return {
    headline: `Undo change ${id}: ${change.command}`,
    subject: `${id}`,
    undoes: id,
    targets: change.targets,
    rows,
    effects: [],
    warnings: [],
    called: await namesOfIds(db),
  }
}

function changedSince({id, targets}: {id: number; targets: readonly string[]}, rows: readonly RowChange[]): Conflict {
  const labels = rows.map(({label}) => label)
  const target = targets.find((name) => labels.includes(name.replace(':', ' ')))
  return new Conflict(`Change ${id} cannot be undone: changed since then: ${firstFew(labels)}.`, {
    hint: target
      ? `See what came after it, and undo that first: pm audit list --target ${target}`
      : 'Undo what came after it first: pm audit list',
    details: {changed: labels},
  })
}

/** First before and last after of each row, where a change touched one twice. */
function fold(images: readonly RowImage[]): RowImage[] {
  const rows = new Map<string, RowImage>()
  for (const image of images) {
    const key = JSON.stringify([image.table_name, keyOf(image)])
    const earlier = rows.get(key)
    rows.set(key, earlier ? {...image, op: foldedOp(earlier, image), before: earlier.before} : image)
  }
  return [...rows.values()].filter(({before, after}) => before !== null || after !== null)
}

function foldedOp({before}: RowImage, {after}: RowImage): RowImage['op'] {
  if (before === null) return 'insert'
  return after === null ? 'delete' : 'update'
}
