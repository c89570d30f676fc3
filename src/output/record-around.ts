import type {Batches} from './format.ts'
import {jsonWriter, prettyJson} from './json.ts'
import {type ListWriter, writeList} from './list-writer.ts'
import {yaml, yamlWriter} from './yaml.ts'

/**
 * The text of an object one field of which, not the first, is a list that comes in batches: no more of it is held than
 * one. It is the same text as that of the object with all of the list in it.
 */
export async function* renderAround<Row extends object>(
  record: object,
  field: string,
  batches: Batches<Row>,
  format: 'json' | 'yaml',
): AsyncGenerator<string> {
  const whole = {...record, [field]: []}
  const [text, writer] = format === 'json' ? [prettyJson(whole), jsonField(field)] : [yaml(whole), yamlField(field)]
  const start = text.indexOf(writer.empty)
  yield text.slice(0, start)
  yield* writeList(batches, writer)
  yield text.slice(start + writer.empty.length)
}

// The line that begins so stands once in the text: what is nested is indented further, and no string has a line break.
function jsonField(field: string): ListWriter<object> {
  const {rows, between} = jsonWriter<object>()
  const name = `\n  "${field}": `
  return {start: `${name}[\n`, rows: (batch) => indented(rows(batch)), between, end: '\n  ]', empty: `${name}[]`}
}

function yamlField(field: string): ListWriter<object> {
  const {rows} = yamlWriter<object>()
  return {
    start: `\n${field}:\n`,
    rows: (batch) => `${indented(rows(batch).slice(0, -1))}\n`,
    between: '',
    end: '',
    empty: `\n${field}: []\n`,
  }
}

function indented(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`
}
