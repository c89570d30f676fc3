import {createHash} from 'node:crypto'
import {closeSync, openSync, readFileSync, writeFileSync} from 'node:fs'
import {asItStands} from '../changes/job/as-it-stands.ts'
import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import type {JobItem} from '../changes/job/item.ts'
import {PackedItems} from '../changes/job/packed-items.ts'
import {codeBehind} from '../db/failure.ts'
import type {Operator} from '../db/identity.ts'
import type {Reader} from '../db/transaction.ts'
import {Conflict, UsageError} from '../rules/errors.ts'
import {whyFailed} from '../rules/file-failure.ts'
import type {Permission} from '../rules/permissions.ts'
import {quoted} from '../rules/shell-word.ts'
import {parseHead, parseItem, type SavedPlan} from './saved-plan-shape.ts'
import {shellWords} from './shell-words.ts'
import {withoutFlags} from './without-flags.ts'

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
      writeFileSync(handle, `{"pm_plan":2,"sha256":"${digest.digest('hex')}",\n`)
      for (const text of textsOf(saved)) writeFileSync(handle, text)
    } finally {
      closeSync(handle)
    }
  } catch (cause) {
    throw new UsageError(`${file} cannot be written: ${whyFailed(cause)}.`, {cause})
  }
}

const end = ']}}'

function* textsOf({plan: {items, ...plan}, ...saved}: SavedPlan): Generator<string> {
  const head = JSON.stringify({...saved, plan: {...plan, items: []}})
  yield `${head.slice(1, -end.length)}\n`
  let separator = ''
  for (const item of items) {
    yield `${separator}${JSON.stringify(item)}`
    separator = ',\n'
  }
  yield `\n${end}\n`
}

/** Where and when a saved plan is to be done, and by which command. */
interface Occasion {
  command: string
  /** What the command needs; left out where that is the plan's to say. */
  permission?: Permission | undefined
  place: string
  now: Date
}

/**
 * @throws UsageError for a file that is no saved plan, was edited, or is of another command; Conflict when it was made
 *   for another database, or is too old.
 */
export function loadPlan(file: string, {command, permission, place, now}: Occasion): SavedPlan {
  const lines = linesOf(readVouchedFor(file))
  const saved = parseHead(`${file} line 2`, `{${lines.next().value ?? ''}${end}`)
  if (saved.command !== command || (permission ?? saved.permission) !== saved.permission)
    throw new UsageError(`${file} is a plan of another command.`, {hint: `It is of: pm ${saved.command}`})
  if (saved.place !== place) throw new Conflict(`${file} was planned for ${saved.place}, and this is ${place}.`)
  if (Date.parse(saved.until) <= now.getTime())
    throw new Conflict(`${file} was to be done before ${momentInWords(saved.until)}.`, {hint: planAnew(file, saved)})
  return {...saved, plan: {...saved.plan, items: PackedItems.of(itemsIn(lines, file, saved))}}
}

/** `2026-11-02 12:00 UTC`. */
export function momentInWords(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** How to make a saved plan once more, of things as they are now; what was told of the first one stands in its files. */
export function planAnew(file: string, {line}: Pick<SavedPlan, 'line'>): string {
  const {words} = shellWords(line)
  const again = withoutFlags(words, ['--results', '--rejects']).map(quoted)
  return `Plan anew: rm ${quoted(file)} && ${again.join(' ')}`
}

/**
 * What of a plan that was saved is still to be done, by the rows as they are now.
 * @throws UsageError where the database knows no such rows
 */
export async function stillPlanned(db: Reader, operator: Operator, file: string, plan: BulkPlan): Promise<BulkPlan> {
  const now = await asItStands(db, plan, operator).catch((cause: unknown) => {
    // Data exceptions, and columns that are not there (PostgreSQL, Appendix A).
    if (!/^(22|42703)/.test(codeBehind(cause) ?? '')) throw cause
    throw new UsageError(`${file} holds a row that this database cannot have.`, {hint: again, cause})
  })
  if (now.items.length === plan.items.length) return now
  const counts = `${now.items.length.toLocaleString('en')} of ${plan.items.length.toLocaleString('en')}`
  // How many were to go from where to where is not true any more.
  return {...now, flows: [], warnings: [`Still to be done as planned: ${counts}.`, ...now.warnings]}
}

const again = 'Plan anew with --save.'
const firstLine = /^\{"pm_plan":2,"sha256":"([0-9a-f]{64})",\n$/

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
    throw new UsageError(`${file} cannot be read: ${whyFailed(cause)}.`, {
      hint: 'It should be a plan that --save wrote.',
      cause,
    })
  }
}

function* linesOf(bytes: Buffer): Generator<string, undefined> {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf('\n', start)
    const next = feed === -1 ? bytes.length : feed
    yield bytes.toString('utf8', start, next)
    start = next + 1
  }
}

// The first item stands in line 3, behind the digest and the head.
const firstItem = 3

function* itemsIn(lines: Iterable<string>, file: string, {permission}: SavedPlan): Generator<JobItem> {
  let line = firstItem
  for (const text of lines) {
    if (text === end) return
    if (text !== '') yield parseItem(`${file} line ${line}`, text.replace(/,$/, ''), permission)
    line += 1
  }
}
