import {quote} from './quote.ts'

/** `name=value` of a tag-list (RFC 6376 §3.2). */
export interface Tag {
  name: string
  /** Without the white space around it. */
  value: string
  /** Where the name begins in the record, from 0. */
  at: number
  /** Where the value begins. */
  valueAt: number
}

/** A place where a record breaks its grammar. */
export interface SyntaxProblem {
  kind: 'empty' | 'no equals sign' | 'bad name' | 'not ASCII' | 'repeated' | 'bad field'
  /** From 0. */
  at: number
  /** A sentence. */
  reason: string
}

export interface TagList {
  /** Every tag that can be read, in order; of a name that comes twice, both. */
  tags: readonly Tag[]
  problems: readonly SyntaxProblem[]
}

/**
 * Reads `a=1; b=2`, the form of DKIM, DMARC and BIMI records. Takes time in proportion to the text.
 * @param read what makes a tag of a piece, which has no white space around it and begins at this place; not that of RFC
 * 6376 for records that only look like tag-lists
 */
export function parseTagList(text: string, read = readTag): TagList {
  const tags: Tag[] = []
  const problems: SyntaxProblem[] = []
  let start = 0
  for (const piece of text.split(';')) {
    const end = start + piece.length
    const [from, to] = trimmed(piece, 0, piece.length)
    if (from < to) {
      const tag = read(piece.slice(from, to), start + from)
      if ('kind' in tag) problems.push(tag)
      else tags.push(tag)
    } else if (end < text.length) {
      problems.push({kind: 'empty', at: start, reason: 'There is nothing between two semicolons.'})
    }
    start = end + 1
  }
  return {tags, problems: [...problems, ...repeated(tags)].sort((a, b) => a.at - b.at)}
}

/** What is wrong with a record, and where, if a place can be named: people count from 1. */
export function locatedReason({at, reason}: {at: number | null; reason: string}): string {
  return at === null ? reason : `At character ${at + 1}: ${reason}`
}

function readTag(piece: string, at: number): Tag | SyntaxProblem {
  const equals = piece.indexOf('=')
  if (equals === -1) return {kind: 'no equals sign', at, reason: `${quote(piece)} is not a tag: it has no “=”.`}
  const name = piece.slice(...trimmed(piece, 0, equals))
  if (!/^[a-z][a-z0-9_]*$/i.test(name)) {
    return {kind: 'bad name', at, reason: `${quote(name)} is not the name of a tag.`}
  }
  const [valueFrom, valueTo] = trimmed(piece, equals + 1, piece.length)
  const value = piece.slice(valueFrom, valueTo)
  const odd = /[^\x20-\x7e\t\r\n]/u.exec(value)
  if (!odd) return {name, value, at, valueAt: at + valueFrom}
  const reason = `${quote(odd[0])} in ${name}= is not plain ASCII.`
  return {kind: 'not ASCII', at: at + valueFrom + odd.index, reason}
}

/** The part between `start` and `end` that has no white space at its ends. */
function trimmed(text: string, start: number, end: number): [number, number] {
  let [from, to] = [start, end]
  while (from < to && isSpace(text, from)) from += 1
  while (to > from && isSpace(text, to - 1)) to -= 1
  return [from, to]
}

function isSpace(text: string, at: number): boolean {
  return ' \t\r\n'.includes(text.charAt(at))
}

function repeated(tags: readonly Tag[]): SyntaxProblem[] {
  const seen = new Set<string>()
  return tags.flatMap(({name, at}) => {
    if (seen.has(name)) return [{kind: 'repeated', at, reason: `${name}= is there twice.`}]
    seen.add(name)
    return []
  })
}
