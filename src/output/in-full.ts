/** A line as it is shown, and all that it says: what there was no room for as well. */
export interface FullLine {
  line: string
  says: string
}

// An application program command (ECMA-48, APC), between lines and their ends; a screen never gets to see it.
const [begin, end] = ['\u001b_', '\u001b\\']

/** A line that carries all that it says behind it, for whoever compares lines: widths are no difference. */
export function inFull({line, says}: FullLine): string {
  return `${line}${begin}${says}${end}`
}

/** The lines of a text; those that carry nothing say what they show. */
export function fullLines(text: string): FullLine[] {
  return text.split('\n').map((carried) => {
    const [line = '', says] = carried.split(begin)
    return {line, says: says?.slice(0, -end.length) ?? line}
  })
}
