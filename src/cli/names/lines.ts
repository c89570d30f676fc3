import {beginsComment} from '../../output/told-apart.ts'
import {UsageError} from '../../rules/errors.ts'
import {type Place, placeText} from './place.ts'

/** A line, or what begins in it. */
export interface Line {
  text: string
  /** Its number in the text, from 1 on. */
  line: number
}

/** How long a line may be, in characters, and a row or an object of several lines too. */
export const longestLine = 1_000_000

/** The lines of a text without their ends. @throws UsageError for one that is too long */
export function* linesOf(text: string, source: string): Generator<Line, undefined> {
  let line = 1
  for (let start = 0; start < text.length; line += 1) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    assertNotTooLong(end - start, {source, line})
    yield {text: text.slice(start, text[end - 1] === '\r' ? end - 1 : end), line}
    start = end + 1
  }
}

/** Whether a line says nothing: it is blank, or a comment. */
export function saysNothing(text: string): boolean {
  return text.trim() === '' || beginsComment(text)
}

/** @throws UsageError */
export function assertNotTooLong(length: number, place: Place): void {
  if (length > longestLine) throw tooLong(place)
}

export function tooLong(place: Place): UsageError {
  return new UsageError(`${placeText(place)} is longer than ${longestLine.toLocaleString('en')} characters.`)
}
