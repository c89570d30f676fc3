import type {Json} from '../db/schema/json.ts'
import {parseDnsDocument} from '../rules/dns-document.ts'
import {parseJsonValue} from './json-value.ts'
import {readTextFile} from './names/text-source.ts'
import type {Terminal} from './terminal.ts'

/** The `dns_records` document in a file, or on stdin for `-`. @throws UsageError naming all that is wrong with it */
export async function readDocument(file: string, terminal: Terminal): Promise<Json> {
  const text = file === '-' ? await terminal.readInput() : await readTextFile(file)
  const document = parseJsonValue(text, file === '-' ? 'stdin' : file, hint)
  parseDnsDocument(document)
  return document
}

const hint = 'A document is {"records": [{"record_type": "A", "name": "www", "value": "192.0.2.80"}]}.'
