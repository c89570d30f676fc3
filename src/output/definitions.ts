import {displayWidth, padEnd, widest} from './text-width.ts'
import {wrap} from './wrap.ts'

/** A term and what it means. */
export type Definition = readonly [term: string, meaning: string]

// A term that is longer stands in a line of its own, so that one long term does not narrow all meanings.
const longestTerm = 30
// Below that, a column of meanings is worse to read than meanings under their terms.
const leastMeaning = 30
const gap = 2

/** Terms with their meanings beside them, broken between words; on a narrow terminal under them. */
export function renderDefinitions(definitions: readonly Definition[], width: number): string[] {
  const terms = definitions.map(([term]) => term).filter((term) => displayWidth(term) <= longestTerm)
  const indent = widest(terms) + gap
  const isNarrow = width - indent < leastMeaning
  return definitions.flatMap(([term, meaning]) =>
    isNarrow || displayWidth(term) > longestTerm
      ? [term, ...hanging(meaning, isNarrow ? gap * 2 : indent, width)]
      : beside(term, meaning, indent, width),
  )
}

function beside(term: string, meaning: string, indent: number, width: number): string[] {
  const [first = '', ...rest] = hanging(meaning, indent, width)
  return [`${padEnd(term, indent)}${first.trimStart()}`.trimEnd(), ...rest]
}

function hanging(meaning: string, indent: number, width: number): string[] {
  return wrap(meaning, width - indent).map((line) => ' '.repeat(indent) + line)
}
