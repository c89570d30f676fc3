import type {Json} from '../db/schema/json.ts'
import {UsageError} from '../rules/errors.ts'

/** A JSON document as an operator gives it. @throws UsageError saying where it breaks; never repeats the value. */
export function parseJsonValue(text: string, source: string): Json {
  try {
    return JSON.parse(text)
  } catch (error) {
    const where = error instanceof Error ? (error.message.match(/position \d+/)?.[0] ?? 'its end') : 'somewhere'
    throw new UsageError(`${source} is not valid JSON, at ${where}.`, {
      hint: 'Text is JSON too: put it in double quotes, as in \'"text"\'.',
    })
  }
}
