import {createHash} from 'node:crypto'
import {closeSync, openSync, readFileSync, writeFileSync} from 'node:fs'
import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import type {JobItem} from '../changes/job/item.ts'
import {PackedItems} from '../changes/job/packed-items.ts'
import type {Grade} from '../changes/plan.ts'
import {Conflict, UsageError} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'

/** A plan of many changes, put aside to be done later exactly as it was seen. */
export interface SavedPlan {
  /** The id of the command that made it, which alone may do it. */
  command: string
  permission: Permission
  grade: Grade
  /** The database that it was made for. */
  place: string
  made: string
  plan: BulkPlan
}

/**
 * Writes it to a file that only its owner can read: rows can hold personal data. The file is one JSON document, with a
 * line for each item, so that of a hundred thousand few are held at once; its first line has the digest of the others,
 * so that a plan that somebody edited is not taken for what was seen. @throws UsageError
 */
export function savePlan(file: string, saved: SavedPlan): void {
  const digest = createHash('sha256')
  for (const text of textsOf(saved)) digest.update(text)
  try {
    const handle = openSync(file, 'w', 0o600)
    try {
      writeFileSync(handle, `{"pm_plan":1,"sha256":"${digest.digest('hex')}",\n`)
      for (const text of textsOf(saved)) writeFileSync(handle, text)
    } finally {
      closeSync(handle)
    }
  } catch (cause) {
    throw new UsageError(`${file} cannot be written.`, {cause})
  }
}

const end = ']}}'

function* textsOf({plan: {items, ...plan}, ...saved}: SavedPlan): Generator<string> {
  const head = JSON.stringify({...saved, plan: {...plan, items: []}})
  yield `${head.slice(1, -end.length)}\n`
  let separator = ''
  for (const text of items.texts()) {
    yield `${separator}${text}`
    separator = ',\n'
  }
  yield `\n${end}\n`
}

/**
 * @throws UsageError for a file that is no saved plan, was edited, or is of another command; Conflict when it was made
 *   for another database.
 */
export function loadPlan(
  file: string,
  {command, permission, place}: Pick<SavedPlan, 'command' | 'permission' | 'place'>,
): SavedPlan {
  const vouchedFor = linesOf(readVouchedFor(file))
  const saved = parseHead(vouchedFor.next().value ?? '')
  if (saved.command !== command || saved.permission !== permission)
    throw new UsageError(`${file} is a plan of another command.`)
  if (saved.place !== place) throw new Conflict(`${file} was planned for ${saved.place}, and this is ${place}.`)
  return {...saved, plan: {...saved.plan, items: PackedItems.of(parseItems(vouchedFor))}}
}

const again = 'Plan anew with --save.'
const firstLine = /^\{"pm_plan":1,"sha256":"([0-9a-f]{64})",\n$/

/** What stands behind the first line, which vouches for it. @throws UsageError */
function readVouchedFor(file: string): Buffer {
  const bytes = readBytes(file)
  const start = bytes.indexOf('\n') + 1
  const sha256 = firstLine.exec(bytes.toString('utf8', 0, start))?.[1]
  if (sha256 === undefined) throw new UsageError(`${file} is no plan that this pm saved.`, {hint: again})
  const rest = bytes.subarray(start)
  if (createHash('sha256').update(rest).digest('hex') === sha256) return rest
  throw new UsageError(`${file} was changed since pm saved it.`, {hint: again})
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as a saved plan.`, {hint: again, cause})
  }
}

function* linesOf(bytes: Buffer): Generator<string, undefined> {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf('\n', start)
    yield bytes.toString('utf8', start, feed)
    start = feed + 1
  }
}

function parseHead(line: string): SavedPlan {
  return JSON.parse(`{${line}${end}`)
}

function* parseItems(lines: Iterable<string>): Generator<JobItem> {
  for (const line of lines) {
    if (line === end) return
    if (line !== '') yield JSON.parse(line.replace(/,$/, ''))
  }
}
