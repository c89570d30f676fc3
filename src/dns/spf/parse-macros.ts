import {quote} from '../quote.ts'
import {BadTerm} from './bad-term.ts'
import {type Macro, type MacroString, macroLetters} from './record.ts'

const macro = /%\{([a-z])(\d*)(r?)([.\-+,/_=]*)\}/iy
const literals: Readonly<Record<string, string>> = {'%%': '%', '%_': ' ', '%-': '%20'}

export interface ParsedMacros {
  parts: MacroString
  /** The literal text after the last macro; empty where a macro ends the string. */
  tail: string
}

/**
 * Reads a macro-string (RFC 7208 §7.1).
 * @param offset where `text` begins in its term
 * @param explaining whether it is the text of an explanation, in which `c`, `r` and `t` may stand too
 * @throws BadTerm
 */
export function parseMacros(text: string, offset: number, explaining = false): ParsedMacros {
  const parts: (string | Macro)[] = []
  let at = 0
  for (let percent = text.indexOf('%'); percent !== -1; percent = text.indexOf('%', at)) {
    if (percent > at) parts.push(text.slice(at, percent))
    const {part, length} = partAt(text, percent, offset, explaining)
    parts.push(part)
    at = percent + length
  }
  const tail = text.slice(at)
  if (tail !== '') parts.push(tail)
  return {parts, tail}
}

function partAt(text: string, at: number, offset: number, explaining: boolean): {part: string | Macro; length: number} {
  const literal = literals[text.slice(at, at + 2)]
  if (literal !== undefined) return {part: literal, length: 2}
  macro.lastIndex = at
  const found = macro.exec(text)
  if (!found) throw new BadTerm(offset + at, 'A “%” must begin a macro such as %{i}; a percent sign is written %%.')
  const [whole, written = '', digits = '', reverse = '', delimiters = ''] = found
  const letter = macroLetters.find((known) => known === written.toLowerCase())
  if (letter === undefined) throw new BadTerm(offset + at, `There is no macro ${quote(whole)}.`)
  if (!explaining && 'crt'.includes(letter)) {
    throw new BadTerm(offset + at, `The macro ${quote(whole)} may stand in the text of an explanation only.`)
  }
  const keep = digits === '' ? null : Number(digits)
  if (keep === 0) throw new BadTerm(offset + at, `The macro ${quote(whole)} must keep 1 part of its value or more.`)
  const part = {letter, encoded: letter !== written, keep, reversed: reverse !== '', delimiters: delimiters || '.'}
  return {part, length: whole.length}
}
