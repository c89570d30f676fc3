import {UsageError} from '../../rules/errors.ts'
import {assertNotTooLong, type Line} from './lines.ts'

// Strings as a whole, also one that is not closed: what stands in them is not structure.
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|[[\]{},\n]/gs

const depths: Readonly<Record<string, number>> = {'[': 1, '{': 1, ']': -1, '}': -1}

/** What begins or ends an element: the bracket of the array, or a comma of it. */
interface Bound {
  token: string
  at: number
  line: number
}

/**
 * The elements of a text that is an array in JSON, each as its own text, so that one at a time is held as an object.
 * @throws UsageError where the array does not end, or is not all
 */
export function* jsonElements(text: string, source: string): Generator<Line> {
  let begun: Bound | undefined
  for (const bound of boundsIn(text)) {
    const element = begun && elementIn(text.slice(begun.at + 1, bound.at), begun.line)
    const isEmptyArray = begun?.token === '[' && bound.token === ']' && element?.text === ''
    if (element) assertNotTooLong(element.text.length, {source, line: element.line})
    if (element && !isEmptyArray) yield element
    if (bound.token === ']') return assertAll(text.slice(bound.at + 1), source)
    begun = bound
  }
  throw new UsageError(`${source} is no whole JSON array: it does not end.`)
}

function* boundsIn(text: string): Generator<Bound> {
  let [depth, line] = [0, 1]
  for (const {0: token, index: at} of text.matchAll(tokens)) {
    depth += depths[token] ?? 0
    if (token === '\n') line += 1
    const isOfArray = token === '[' || token === ',' ? depth === 1 : token === ']' && depth === 0
    if (isOfArray) yield {token, at, line}
  }
}

function elementIn(text: string, line: number): Line {
  const [space = ''] = /^\s*/.exec(text) ?? []
  return {text: text.trim(), line: line + space.split('\n').length - 1}
}

function assertAll(rest: string, source: string): void {
  if (rest.trim() !== '') throw new UsageError(`${source} goes on behind its JSON array.`)
}
