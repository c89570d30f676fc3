import {open} from 'node:fs/promises'
import {extname} from 'node:path'
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

/** @throws UsageError for a file whose name does not tell a format, before anything is done. */
export function formatOfFile(file: string | undefined): MachineFormat {
  const format = file === undefined ? 'csv' : formats[extname(file).toLowerCase()]
  if (format) return format
  throw new UsageError(`“${file}” does not say how to write it.`, {
    hint: `Let it end in ${Object.keys(formats).join(', ')}.`,
  })
}

/** Writes results to a file as they come, anew where the connection broke. @throws PartlyDone: what was done is done, but the file is not whole */
export async function writeResults(
  file: string,
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
      hint: 'What was done stands. See it with: pm job results',
      cause,
    })
  }
}
