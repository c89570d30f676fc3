import {accessSync, closeSync, constants, openSync, readSync, type Stats, statSync} from 'node:fs'
import {open} from 'node:fs/promises'
import {dirname, extname, resolve} from 'node:path'
import {patiently} from '../changes/job/patience.ts'
import type {JobResult} from '../changes/job/report.ts'
import {type MachineFormat, renderList, type Style} from '../output/format.ts'
import type {View} from '../output/view.ts'
import {PartlyDone, UsageError} from '../rules/errors.ts'
import {whyFailed} from '../rules/file-failure.ts'
import {type ItemOutcome, itemOutcomes} from '../rules/item-outcome.ts'
import {quoted} from '../rules/shell-word.ts'

const formats: Readonly<Record<string, MachineFormat>> = {
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'json',
}

/** @throws UsageError for a file whose name does not tell a format. */
function formatOfFile(file: string): MachineFormat {
  const format = formats[extname(file).toLowerCase()]
  if (format) return format
  throw new UsageError(`“${file}” does not say how to write it.`, {
    hint: `Let it end in ${Object.keys(formats).join(', ')}.`,
  })
}

/** Where a run reads from and writes to. */
interface Files {
  'from-file'?: string | undefined
  save?: string | undefined
  results?: string | undefined
  rejects?: string | undefined
}

/**
 * Looks, before anything is done, whether the files of a run can be written, each to a place of its own where nothing
 * stands yet: what pm writes never takes the place of something else.
 * @param isGoingOn whether a job goes on, which writes its own results anew
 * @throws UsageError
 */
export function requireFiles({'from-file': input, save, results, rejects}: Files, isGoingOn = false): void {
  const tables = [results, rejects].filter((file) => file !== undefined)
  for (const file of tables) formatOfFile(file)
  const written = [...tables, ...(save === undefined ? [] : [save])]
  const paths = [...written, ...(input === undefined ? [] : [input])].map((file) => resolve(file))
  if (new Set(paths).size < paths.length)
    throw new UsageError('One file can’t be two of --from-file, --save, --results and --rejects.', {
      hint: 'Nothing was changed. Give each a name of its own.',
    })
  for (const file of written) if (!(isGoingOn && holdsResults(file))) requireWritableFile(file)
}

/** Whether a file begins as the results of a job do, in any of the formats; one that cannot be read does not. */
function holdsResults(file: string): boolean {
  try {
    return statSync(file).isFile() && beginning.test(firstOf(file))
  } catch {
    return false
  }
}

const beginning = /^(row[,\t]line[,\t]target|(\[\s*)?\{\s*"row": ?\d+,\s*"line"|\[\]\n$)/

function firstOf(file: string): string {
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(64)
    return bytes.toString('utf8', 0, readSync(handle, bytes))
  } finally {
    closeSync(handle)
  }
}

/**
 * The files that results go to, and those with which outcomes go there.
 * @param done the outcomes of what is as it shall be, or will be, and is not to be given again
 */
export function resultFiles(
  {results, rejects}: Files,
  done: readonly ItemOutcome[],
): {file: string; outcomes?: readonly ItemOutcome[]}[] {
  return [
    ...(results === undefined ? [] : [{file: results}]),
    ...(rejects === undefined ? [] : [{file: rejects, outcomes: itemOutcomes.filter((one) => !done.includes(one))}]),
  ]
}

function requireWritableFile(file: string): void {
  const found = statusOf(file)
  if (found?.isDirectory())
    throw new UsageError(`${file} is a folder.`, {hint: 'Nothing was changed. Name a file in it.'})
  // An empty file, as mktemp makes one, and a device or a pipe have nothing that could get lost.
  if (found?.isFile() && found.size > 0)
    throw new UsageError(`${file} is there already, and pm does not write over it.`, {
      hint: `Nothing was changed. Give another name, or first: rm ${quoted(file)}`,
    })
  try {
    accessSync(found ? file : dirname(resolve(file)), constants.W_OK)
  } catch (cause) {
    throw notWritable(file, whyFailed(cause), cause)
  }
}

function statusOf(file: string): Stats | undefined {
  try {
    return statSync(file, {throwIfNoEntry: false})
  } catch (cause) {
    throw notWritable(file, whyFailed(cause), cause)
  }
}

function notWritable(file: string, why: string, cause?: unknown): UsageError {
  return new UsageError(`${file} cannot be written: ${why}.`, {hint: 'Nothing was changed.', cause})
}

/**
 * Writes results to a file as they come, anew where the connection broke.
 * @param hint what is true where they cannot be written
 * @throws PartlyDone: what was done is done, but the file is not whole
 */
export async function writeResults(
  {file, hint}: {file: string; hint: string},
  read: () => AsyncIterable<readonly JobResult[]>,
  view: View<JobResult>,
  style: Style,
): Promise<void> {
  try {
    await patiently(async () => {
      await using handle = await open(file, 'w', 0o600)
      const machine = {...style, header: true}
      for await (const text of renderList(read(), view, formatOfFile(file), machine)) await handle.write(text)
    })
  } catch (cause) {
    throw new PartlyDone(`${file} could not be written: ${whyFailed(cause)}.`, {hint, cause})
  }
}
