import {sanitize} from './sanitize.ts'
import {displayWidth, truncate} from './text-width.ts'

// The colours that `painter` makes, and nothing else that a terminal would obey.
const colour = /(\u001b\[[0-9;]*m)/

// An address behind a text, as `link` makes it: a screen that is drawn over does without.
const address = /\u001b\]8;;[!-~]*\u001b\\/g

/**
 * A painted line cut to so many columns. It is the last gate before a screen: whatever is no colour and could drive a
 * terminal is made visible.
 */
export function clip(painted: string, columns: number): string {
  return cut(painted, columns).text
}

/** The same, with spaces behind it up to that many columns. */
export function fill(painted: string, columns: number): string {
  const {text, room} = cut(painted, columns)
  return text + ' '.repeat(room)
}

/** What fits, and how many columns are left. */
function cut(painted: string, columns: number): {text: string; room: number} {
  let room = columns
  const parts = painted
    .replaceAll(address, '')
    .split(colour)
    .map((part, index) => {
      if (index % 2 === 1) return part
      const shown = truncate(sanitize(part), room)
      room -= displayWidth(shown)
      return shown
    })
  return {text: parts.join(''), room}
}
