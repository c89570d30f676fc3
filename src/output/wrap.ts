import {sanitize} from './sanitize.ts'
import {displayWidth, splitAt} from './text-width.ts'

/** A text in lines of at most so many columns: broken between words, and within what is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(1, width)
  return text.split('\n').flatMap((line) => wrapLine(sanitize(line), room))
}

/** The same of one that begins with spaces, which then all its lines begin with. */
export function wrapIndented(text: string, width: number): string[] {
  const indent = /^ */.exec(text)?.[0] ?? ''
  return wrap(text.slice(indent.length), width - indent.length).map((line) => indent + line)
}

function wrapLine(text: string, width: number): string[] {
  const words = text.split(' ').flatMap((long) => pieces(long, width))
  return fillLines(words, width)
}

/** Words in lines of at most so many columns; one that is longer stands whole in a line of its own. */
export function fillLines(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const word of words) {
    const line = lines.at(-1)
    const longer = `${line} ${word}`
    if (line === undefined || displayWidth(longer) > width) lines.push(word)
    else lines.splice(-1, 1, longer)
  }
  return lines
}

function pieces(word: string, width: number): string[] {
  const all: string[] = []
  let rest = word
  do {
    const [piece, behind] = splitAt(rest, width)
    all.push(piece)
    rest = behind
  } while (rest !== '')
  return all
}
