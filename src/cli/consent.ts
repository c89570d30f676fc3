import type {Grade, Plan} from '../changes/plan.ts'
import {ConsentNeeded, Interrupted, UsageError} from '../rules/errors.ts'
import {quoted} from '../rules/shell-word.ts'
import type {Context} from './contexts/context.ts'

/** What the operator said on the command line about consent. */
export interface ConsentFlags {
  yes?: boolean
  confirm?: string | undefined
  'max-rows'?: number
}

/** How to ask, or undefined where there is nobody to ask. */
export type Ask = {yesNo(question: string): Promise<boolean>; typed(question: string): Promise<string>} | undefined

/** How to run a command once more. */
export interface Again {
  line: string
  /** What that takes besides, in words. */
  besides?: string
}

type Subject = Pick<Plan<object>, 'subject' | 'rows' | 'furtherRows' | 'headline'>

/**
 * The grade of consent this plan takes here: more rows than --max-rows, or staff edits in production, are severe, and
 * nothing that changes several rows in production is mild.
 */
export function gradeOf(
  grade: Grade,
  {rows, furtherRows = 0}: Subject,
  {kind}: Pick<Context, 'kind'>,
  {'max-rows': maxRows = 100}: ConsentFlags,
): Grade {
  const staff = kind === 'production' && rows.some(({table}) => /\.(staff_|operator_)/.test(table))
  const count = rows.length + furtherRows
  if (count > maxRows || staff) return 'severe'
  return grade === 'mild' && count > 1 && kind === 'production' ? 'moderate' : grade
}

/** @throws ConsentNeeded in a production context, unless the operator said that they want to write there. */
export function requireWritable(
  {name, kind}: Pick<Context, 'name' | 'kind'>,
  {write}: {write?: boolean},
  command: string,
  missing = '--write',
): void {
  if (kind !== 'production' || write) return
  throw new ConsentNeeded(`${name} is a production context: read-only.`, {
    hint: `To write there: ${withFlag(command, missing)}`,
  })
}

/** What an operator said of a write on the command line. */
interface Said {
  write: boolean
  'dry-run': boolean
  reason?: string | undefined
}

/** @throws UsageError in a production context, where a change needs a reason. */
export function requireReason({kind}: Pick<Context, 'kind'>, {write, reason, 'dry-run': isDryRun}: Said): void {
  // Who may not write there is told what it takes, with the plan.
  if (kind !== 'production' || isDryRun || !write || reason?.trim()) return
  throw new UsageError('A change in production needs a reason.', {hint: 'Say why: --reason TEXT (or PM_REASON)'})
}

/**
 * Returns once there is consent.
 * @throws ConsentNeeded when nobody can be asked, with the command to run instead; Interrupted when the answer is no.
 */
export async function requireConsent(
  grade: Grade,
  plan: Subject,
  flags: ConsentFlags,
  ask: Ask,
  again: Again,
): Promise<void> {
  assertNamed(plan, flags)
  if (grade === 'mild' || flags.confirm !== undefined) return
  if (grade === 'severe') return requireTyped(plan, ask, again)
  if (flags.yes) return
  if (!ask) throw needed(again, '--yes')
  if (!(await ask.yesNo('Go ahead?'))) throw declined()
}

// Whoever names another thing than would change is mistaken about the one or the other, however little it takes.
function assertNamed({subject}: Subject, {confirm}: ConsentFlags): void {
  if (confirm === undefined || confirm === subject) return
  throw new UsageError(`--confirm “${confirm}” does not name what would change.`, {
    hint: `It must be exactly: ${subject}`,
  })
}

async function requireTyped({subject}: Subject, ask: Ask, again: Again): Promise<void> {
  if (!ask) throw needed(again, `--confirm ${quoted(subject)}`)
  const typed = await ask.typed(`Type ${subject} to go ahead:`)
  if (typed.trim() !== subject) throw declined()
}

function needed({line, besides = ''}: Again, flag: string): ConsentNeeded {
  const command = withFlag(line, flag)
  return new ConsentNeeded('This needs consent, and there is nobody to ask. Nothing was changed.', {
    hint: `To consent${besides}: ${command}`,
    details: {command},
  })
}

function declined(): Interrupted {
  return new Interrupted('Declined. Nothing was changed.')
}

// Behind a `--` it would be no flag any more.
function withFlag(command: string, flag: string): string {
  const [, head = command] = command.match(/^((?:\\.|[^'\\]|'[^']*')*?) --(?: |$)/) ?? []
  return `${head} ${flag}${command.slice(head.length)}`
}
