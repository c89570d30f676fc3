import {remembered} from '../remembered.ts'
import {BadTerm} from './bad-term.ts'
import {parseTerm} from './parse-term.ts'
import type {SpfRecord, SyntaxProblem, Term} from './record.ts'

const version = /^v=spf1(?= |$)/i

/** Whether a TXT record is an SPF record: `v=spf1`, and then a space or nothing (RFC 7208 §4.5). */
export function isSpfRecord(text: string): boolean {
  return version.test(text)
}

/**
 * Reads a whole record and every mistake in it (RFC 7208 §4.6.1, §12).
 * @param text one character for each byte
 */
export const parseRecord = remembered((text: string): SpfRecord => {
  const terms: Term[] = []
  const problems: SyntaxProblem[] = []
  if (!isSpfRecord(text)) problems.push(problem(text, 0, firstWord(text), 'A record begins with “v=spf1” and a space.'))
  for (const {word, at} of words(text)) {
    try {
      terms.push(unique(parseTerm(word, at), terms))
    } catch (error) {
      if (!(error instanceof BadTerm)) throw error
      problems.push(problem(text, at + error.offset, word, error.message, mended(error.instead)))
    }
  }
  return {text, terms, problems}
})

function words(text: string): {word: string; at: number}[] {
  const start = version.exec(text)?.[0].length ?? firstWord(text).length
  return [...text.slice(start).matchAll(/[^ ]+/g)].map((found) => ({word: found[0], at: start + found.index}))
}

function firstWord(text: string): string {
  return /^[^ ]*/.exec(text)?.[0] ?? ''
}

/** `redirect` and `exp` may each stand once (RFC 7208 §6). */
function unique(term: Term, before: readonly Term[]): Term {
  const once = term.name === 'redirect' || term.name === 'exp'
  if (!once || before.every(({name}) => name !== term.name)) return term
  throw new BadTerm(0, `“${term.name}” stands twice in the record.`)
}

/** A proposal is made only where it follows the grammar itself. */
function mended(proposal: string | null): string | null {
  if (proposal === null) return null
  try {
    for (const word of proposal.split(' ')) parseTerm(word, 0)
    return proposal
  } catch {
    return null
  }
}

/** How many characters of the record are shown on either side of a problem. */
const around = 36

function problem(text: string, at: number, term: string, reason: string, instead: string | null = null): SyntaxProblem {
  const from = Math.max(0, at - around)
  const before = `${from > 0 ? '…' : ''}${text.slice(from, at)}`
  const after = `${text.slice(at, at + around)}${text.length > at + around ? '…' : ''}`
  return {at, term, reason, instead, line: plain(before + after), marker: `${' '.repeat(before.length)}^`}
}

/** Bytes that are not printable ASCII would draw as something else, or as nothing. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e…]/g, '\ufffd')
}
