import {painter} from './colors.ts'
import type {Style} from './style.ts'
import type {Cell} from './view.ts'

/** Makes the function that turns a sanitized cell into terminal text: its tone as colour, its address as a link. */
export async function cellPainter({color, links}: Pick<Style, 'color' | 'links'>): Promise<(cell: Cell) => string> {
  const paint = await painter(color)
  return ({text, tone, href}) => (links && href ? link(paint(text, tone), href) : paint(text, tone))
}

/** An OSC 8 hyperlink, or the text alone when the address is anything but a plain web address. */
export function link(text: string, href: string): string {
  // Printable ASCII only: a real address is percent-encoded, and anything else could end the escape sequence.
  if (!/^https?:\/\/[!-~]+$/i.test(href)) return text
  return `\u001b]8;;${href}\u001b\\${text}\u001b]8;;\u001b\\`
}
