import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {formats} from '../output/format.ts'
import {longestWatch} from './watch-flag.ts'

/** What stands in several commands has a group: help names it there, and explains it in pm help options. */
const group = 'GLOBAL'
const outputGroup = 'OUTPUT'
const inputGroup = 'INPUT'
const writeGroup = 'WRITE'

/** More than any list or change has; a number far larger is none that the database knows. */
const mostRows = 1_000_000_000

/** Flags of every command. */
export const globalFlags = {
  context: Flags.string({
    char: 'c',
    helpValue: 'CONTEXT',
    description: 'Where to work: a saved context, or “sandbox”.',
    helpGroup: group,
  }),
  output: Flags.option({options: formats, char: 'o', env: 'PM_OUTPUT', helpValue: 'FORMAT', helpGroup: group})({
    description: `${formats.join(', ')}. Default: table on a terminal, tsv off it.`,
  }),
  json: Flags.boolean({description: 'The same as -o json.', helpGroup: group}),
  color: Flags.option({
    options: ['auto', 'always', 'never'] as const,
    default: 'auto',
    helpValue: 'WHEN',
    helpGroup: group,
  })({
    description: 'Colour: auto, always or never.',
  }),
  time: Flags.option({
    options: ['relative', 'iso', 'local', 'unix'] as const,
    env: 'PM_TIME',
    default: 'relative',
    helpValue: 'FORM',
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
  prompt: Flags.boolean({description: 'Ask for everything that was not given.', helpGroup: group}),
  'no-input': Flags.boolean({
    env: 'PM_NO_INPUT',
    description: 'Never ask; what is missing is an error.',
    helpGroup: group,
  }),
}

const fields = Flags.string({
  helpValue: 'A,B',
  description: 'Only these fields, in this order; +a,-b changes the default; “all”.',
  helpGroup: outputGroup,
})
const header = Flags.boolean({
  allowNo: true,
  description: 'Print the line of field names, or leave it out (--no-header).',
  helpGroup: outputGroup,
})

/** Flags of commands that show something. */
export const recordFlags = {fields, header}

const watch = Flags.integer({
  min: 1,
  max: longestWatch,
  helpValue: 'SECONDS',
  description: 'Show it again and again, every 2 s if no number is given, and what changed; q ends it.',
  helpGroup: outputGroup,
})

/** Flags of commands that show one thing. */
export const showFlags = {...recordFlags, watch}

/** Flags of lists. */
export const listFlags = {
  ...showFlags,
  sort: Flags.string({
    helpValue: 'FIELD',
    description: 'Sort by this field; -FIELD for descending.',
    // What shieldDescending put before it.
    parse: async (field) => field.trimStart(),
    helpGroup: outputGroup,
  }),
  limit: Flags.integer({
    min: 0,
    max: mostRows,
    helpValue: 'N',
    description: 'At most so many rows; 0 for all. Default: 50 in a table, else all.',
    helpGroup: outputGroup,
  }),
  after: Flags.string({
    helpValue: 'CURSOR',
    description: 'Go on behind the last row of the page that printed this cursor.',
    helpGroup: outputGroup,
  }),
}

/** Flags of every write. */
export const writeFlags = {
  reason: Flags.string({
    env: 'PM_REASON',
    helpValue: 'TEXT',
    description: 'Why; kept with the change. Required in production.',
    helpGroup: writeGroup,
  }),
  'dry-run': Flags.boolean({
    description: 'Show what would change, change nothing; exits 9 if something would.',
    helpGroup: writeGroup,
  }),
  yes: Flags.boolean({
    char: 'y',
    description: 'Consent without being asked. Never enough where a name must be typed.',
    helpGroup: writeGroup,
  }),
  confirm: Flags.string({
    helpValue: 'NAME',
    description: 'Consent where a name must be typed, by giving it here.',
    helpGroup: writeGroup,
  }),
  write: Flags.boolean({
    env: 'PM_WRITE',
    description: 'Allow writing in a production context, which is read-only otherwise.',
    helpGroup: writeGroup,
  }),
  'max-rows': Flags.integer({
    min: 1,
    max: mostRows,
    default: 100,
    helpValue: 'N',
    description: 'A change of more rows needs its name typed.',
    helpGroup: writeGroup,
  }),
}

/** Flags of checks that can store what they found. It is never stored because PM_WRITE allows to write. */
export const storeFlags = {
  ...writeFlags,
  write: Flags.boolean({description: 'Store what was found, also in a production context.'}),
}

/** Several things of a noun: as arguments, from a file, or from stdin when `-` asks for it. */
export const manyFlags = {
  'from-file': Flags.string({
    helpValue: 'FILE',
    description:
      'Read more of them from a file, up to a million and 256 MB: one a line, CSV, TSV or JSON, such as another list of pm; - is stdin.',
    helpGroup: inputGroup,
  }),
}

/** Several things of a noun that there are already: selected as their list is filtered. */
export const selectFlags = {
  where: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILTER=VALUE',
    description: 'Select them as their list does: status=failed is its --status failed, and all given must hold.',
    exclusive: ['from-file'],
    helpGroup: inputGroup,
  }),
}

/** An argument. Never read from stdin unasked: a `while read` loop around pm must not lose its input. */
export function argument(options: {description: string; required?: boolean}) {
  return Args.string({ignoreStdin: true, ...options})
}
