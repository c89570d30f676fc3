/** A command line split into words as a POSIX shell splits it; nothing is expanded. */
export interface ShellWords {
  words: readonly string[]
  /** The word that the line ends in; undefined where it ends in a space or a comment. */
  last: LastWord | undefined
  /** Whether a quote is open at the end, or a backslash stands there. */
  isOpen: boolean
}

interface LastWord {
  /** As it was typed, with its quotes, and as it is meant. */
  typed: string
  text: string
  /** The quote that is open at its end. */
  quote: '' | '"' | "'"
}

// The pieces of a word: in single quotes, in double quotes, behind a backslash, and plain (POSIX.1-2024, 2.2).
const piece = /'([^']*)('?)|"((?:[^"\\]|\\[\s\S]|\\$)*)("?)|\\([\s\S]?)|[^\s'"\\]+/g
const word = new RegExp(`(?:${piece.source})+`, 'g')

/** Splits a line: spaces part words, quotes and backslashes keep them together, # where a word begins is a comment. */
export function shellWords(line: string): ShellWords {
  const found = [...line.matchAll(word)].map(([typed]) => typed)
  const comment = found.findIndex((typed) => typed.startsWith('#'))
  const typed = comment === -1 ? found : found.slice(0, comment)
  const words = typed.map(meaning)
  const last = comment === -1 ? typed.at(-1) : undefined
  if (last === undefined || !line.endsWith(last)) return {words, last: undefined, isOpen: false}
  const {quote, isOpen} = ending(last)
  return {words, last: {typed: last, text: meaning(last), quote}, isOpen}
}

function meaning(typed: string): string {
  return typed.replace(piece, (plain, single, _close, double, _end, escaped) => {
    // In double quotes a backslash is one, unless before what it must escape there.
    return single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain
  })
}

function ending(typed: string): {quote: LastWord['quote']; isOpen: boolean} {
  const [all, single, singleEnd, double, doubleEnd, escaped] = [...typed.matchAll(piece)].at(-1) ?? []
  if (single !== undefined && singleEnd === '') return {quote: "'", isOpen: true}
  if (double !== undefined && doubleEnd === '') return {quote: '"', isOpen: true}
  return {quote: '', isOpen: escaped === '' && all !== undefined}
}
