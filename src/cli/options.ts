import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {formats} from '../output/format.ts'

const group = 'GLOBAL'

/** More than any list or change has; a number far larger is none that the database knows. */
const mostRows = 1_000_000_000

/** Flags of every command. */
export const globalFlags = {
  context: Flags.string({
    char: 'c',
    helpValue: 'NAME',
    description: 'Where to work: a saved context, or “sandbox”.',
    helpGroup: group,
  }),
  output: Flags.option({options: formats, char: 'o', env: 'PM_OUTPUT', helpValue: 'FORMAT', helpGroup: group})({
    description: `${formats.join(', ')}. Default: table on a terminal, tsv off it.`,
  }),
  json: Flags.boolean({description: 'The same as -o json.', helpGroup: group}),
  color: Flags.option({options: ['auto', 'always', 'never'] as const, default: 'auto', helpGroup: group})({
    description: 'Colour: auto, always or never.',
  }),
  time: Flags.option({
    options: ['relative', 'iso', 'local', 'unix'] as const,
    env: 'PM_TIME',
    default: 'relative',
    helpGroup: group,
  })({
    description: 'How people are shown times: relative, iso, local or unix.',
  }),
  timeout: Flags.integer({
    env: 'PM_TIMEOUT',
    default: 30,
    min: 1,
    max: 86_400,
    helpValue: 'SECONDS',
    description: 'How long the database may take for a statement, and Stripe to answer.',
    helpGroup: group,
  }),
  'no-input': Flags.boolean({
    env: 'PM_NO_INPUT',
    description: 'Never ask; what is missing is an error.',
    helpGroup: group,
  }),
}

const fields = Flags.string({
  helpValue: 'A,B',
  description: 'Only these fields, in this order; +a,-b changes the default; “all”.',
})
const header = Flags.boolean({
  allowNo: true,
  description: 'Print the line of field names, or leave it out (--no-header).',
})

/** Flags of commands that show one thing. */
export const recordFlags = {fields, header}

/** Flags of lists. */
export const listFlags = {
  ...recordFlags,
  sort: Flags.string({helpValue: 'FIELD', description: 'Sort by this field; -FIELD for descending.'}),
  limit: Flags.integer({
    min: 0,
    max: mostRows,
    helpValue: 'N',
    description: 'At most so many rows; 0 for all. Default: 50 in a table, else all.',
  }),
  after: Flags.string({
    helpValue: 'CURSOR',
    description: 'Go on behind the last row of the page that printed this cursor.',
  }),
}

/** Flags of every write. */
export const writeFlags = {
  reason: Flags.string({
    env: 'PM_REASON',
    helpValue: 'TEXT',
    description: 'Why; kept with the change. Required in production.',
  }),
  'dry-run': Flags.boolean({description: 'Show what would change, change nothing; exits 9 if something would.'}),
  yes: Flags.boolean({char: 'y', description: 'Consent without being asked. Never enough where a name must be typed.'}),
  confirm: Flags.string({helpValue: 'NAME', description: 'Consent where a name must be typed, by giving it here.'}),
  write: Flags.boolean({
    env: 'PM_WRITE',
    description: 'Allow writing in a production context, which is read-only otherwise.',
  }),
  'max-rows': Flags.integer({
    min: 1,
    max: mostRows,
    default: 100,
    helpValue: 'N',
    description: 'A change of more rows needs its name typed.',
  }),
}

/** Several things of a noun: as arguments, from a file, or from stdin when `-` asks for it. */
export const manyFlags = {
  'from-file': Flags.string({helpValue: 'FILE', description: 'Read more of them from a file, one a line; - is stdin.'}),
}

/** An argument. Never read from stdin unasked: a `while read` loop around pm must not lose its input. */
export function argument(options: {description: string; required?: boolean}) {
  return Args.string({ignoreStdin: true, ...options})
}
