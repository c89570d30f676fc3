import type {Json} from '../db/schema/json.ts'
import {UsageError} from '../rules/errors.ts'

/** A JSON document as an operator gives it. @throws UsageError saying where it breaks; never repeats the value. */
export function parseJsonValue(text: string, source: string, hint = textHint): Json {
  try {
    return JSON.parse(text, (_, value) => assertKept(value, source))
  } catch (error) {
    if (error instanceof UsageError) throw error
    const where = error instanceof Error ? (error.message.match(/position \d+/)?.[0] ?? 'its end') : 'somewhere'
    throw new UsageError(`${source} is not valid JSON, at ${where}.`, {hint})
  }
}

const textHint = 'Text is JSON too: put it in double quotes, as in \'"text"\'.'

/** What JSON allows and would not come back as it was given: the database refuses it, or numbers lose digits. */
function assertKept(value: unknown, source: string): unknown {
  if (typeof value === 'number' && !(Number.isSafeInteger(value) || Math.abs(value) < Number.MAX_SAFE_INTEGER))
    throw new UsageError(`${source} holds a number too large to be kept exactly.`, {
      hint: 'Give it as text, in quotes.',
    })
  const texts = typeof value === 'string' ? [value] : isObject(value) ? Object.keys(value) : []
  if (texts.some((text) => text.includes('\0') || !text.isWellFormed()))
    throw new UsageError(`${source} holds a character that the database does not take: \\u0000, or half of a pair.`)
  return value
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
