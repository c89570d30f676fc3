import * as Flags from '@oclif/core/flags'
import {parseDuration} from './duration.ts'
import {parseFailureBudget} from './failure-budget.ts'
import {globalFlags, manyFlags, selectFlags, storeFlags, writeFlags} from './options.ts'
import {wholeNumber} from './whole-number.ts'

const jobGroup = 'JOB'

const rate = {
  parse: wholeNumber(1),
  helpValue: 'N',
  description: 'At most so many a second.',
  helpGroup: jobGroup,
}

/** How a job is worked off. */
export const runFlags = {
  rate: Flags.custom<number>(rate)(),
  workers: Flags.custom<number>({
    parse: wholeNumber(1, 16),
    default: 2,
    helpValue: 'N',
    description: 'Connections that work at the same time, at most 16.',
    helpGroup: jobGroup,
  })(),
  'max-lag': Flags.custom<number>({
    parse: wholeNumber(1),
    default: 10,
    helpValue: 'SECONDS',
    description: "Wait while the context's replica is further behind.",
    helpGroup: jobGroup,
  })(),
  results: Flags.string({
    helpValue: 'FILE',
    description: 'Write what became of each, or in a dry run would, to a new file: .csv, .tsv or .ndjson.',
    helpGroup: jobGroup,
  }),
  rejects: Flags.string({
    helpValue: 'FILE',
    description:
      'Write those that were not changed, or not tried, or in a dry run would not be, to a new file, for --from-file.',
    helpGroup: jobGroup,
  }),
}

/** How a job is begun. */
export const jobFlags = {
  save: Flags.string({
    helpValue: 'FILE',
    description: 'Save what was planned to a new file, as a job, and change nothing; --apply does exactly that later.',
    exclusive: ['apply'],
    helpGroup: jobGroup,
  }),
  'valid-for': Flags.custom<number>({
    helpValue: 'DURATION',
    description: 'How long what is saved may be done: 12h or 3d, at most 7d. Default: 1d.',
    parse: async (text) => parseDuration(text),
    dependsOn: ['save'],
    helpGroup: jobGroup,
  })(),
  apply: Flags.string({
    helpValue: 'FILE',
    description: 'Do what was saved, and nothing else. What changed since is left as it is.',
    helpGroup: jobGroup,
  }),
  'max-failures': Flags.custom<string>({
    parse: async (text) => parseFailureBudget(text),
    default: '100',
    helpValue: 'N',
    description: 'Stop when more than so many have failed, or than a share of all, such as 5%.',
    helpGroup: jobGroup,
  })(),
  ...runFlags,
}

/** Many things of a noun, each changed on its own: a list from a file or stdin becomes a job. */
export const bulkFlags = {...manyFlags, ...selectFlags, ...jobFlags}

const {save: _save, 'valid-for': _validFor, ...doing} = jobFlags

/** What may be said beside a saved plan: how it is done, and not what. */
export const besideApply = {...globalFlags, ...writeFlags, ...doing}

const {confirm: _confirm, 'max-rows': _maxRows, ...mildFlags} = writeFlags

/**
 * How what is found is stored, which takes no consent: of many as a job, which gets them as they come, and whose results are
 * the command’s own output.
 */
export const storingFlags = {
  ...mildFlags,
  write: storeFlags.write,
  rate: Flags.custom<number>({...rate, dependsOn: ['write']})(),
  'max-lag': runFlags['max-lag'],
  'max-failures': jobFlags['max-failures'],
  rejects: Flags.string({
    helpValue: 'FILE',
    description:
      'Write those of which nothing was stored, unknown and not tried ones too, to a new file, for --from-file.',
    dependsOn: ['write'],
    helpGroup: jobGroup,
  }),
}

/** How a job that was consented to when it began goes on. */
export const resumeFlags = {...runFlags, ...mildFlags}

/** What is said of a job, and holds when it goes on. */
export const resumedFor = {
  context: globalFlags.context,
  timeout: globalFlags.timeout,
  reason: writeFlags.reason,
  write: writeFlags.write,
  ...runFlags,
}

/** What is said of a plan that is saved, and holds when it is done. */
export const savedFor = {
  context: globalFlags.context,
  timeout: globalFlags.timeout,
  reason: writeFlags.reason,
  write: writeFlags.write,
  'max-rows': writeFlags['max-rows'],
  'max-failures': jobFlags['max-failures'],
  rate: runFlags.rate,
  workers: runFlags.workers,
  'max-lag': runFlags['max-lag'],
}
