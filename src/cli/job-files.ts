import {accessSync, constants, existsSync} from 'node:fs'
import {open} from 'node:fs/promises'
import {dirname, extname, resolve} from 'node:path'
import {patiently} from '../changes/job/patience.ts'
import type {JobResult} from '../changes/job/report.ts'
import {type MachineFormat, renderList, type Style} from '../output/format.ts'
import type {View} from '../output/view.ts'
import {PartlyDone, UsageError} from '../rules/errors.ts'

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
  results?: string | undefined
  rejects?: string | undefined
}

/**
 * Looks, before anything is done, whether the files of a run can be written, each to a place of its own.
 * @throws UsageError
 */
export function requireFiles({'from-file': input, results, rejects}: Files): void {
  const written = [results, rejects].filter((file) => file !== undefined)
  for (const file of written) requireWritableFile(file)
  const paths = [...written, ...(input === undefined ? [] : [input])].map((file) => resolve(file))
  if (new Set(paths).size === paths.length) return
  throw new UsageError('One file can’t be two of --from-file, --results and --rejects.', {
    hint: 'Nothing was changed. Give each a name of its own.',
  })
}

function requireWritableFile(file: string): void {
  formatOfFile(file)
  try {
    accessSync(existsSync(file) ? file : dirname(resolve(file)), constants.W_OK)
  } catch (cause) {
    throw new UsageError(`${file} cannot be written.`, {hint: 'Nothing was changed.', cause})
  }
}

/**
 * Writes results to a file as they come, anew where the connection broke.
 * @param seen the command that shows them
 * @throws PartlyDone: what was done is done, but the file is not whole
 */
export async function writeResults(
  {file, seen}: {file: string; seen: string},
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
    throw new PartlyDone(`${file} could not be written.`, {
      hint: `What was done stands. See it with: ${seen}`,
      cause,
    })
  }
}
