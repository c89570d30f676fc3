// Both are costly to build, so they wait for the first text that is not plain ASCII.
let patterns: {emoji: RegExp; nothing: RegExp; wide: RegExp; astral: RegExp} | undefined
let graphemes: Intl.Segmenter | undefined

/**
 * How many columns of a terminal a sanitized text takes. East Asian wide characters and emoji take two, combining
 * marks none; terminals themselves disagree about some scripts, so there this is the common answer.
 */
export function displayWidth(text: string): number {
  if (isAscii(text)) return text.length
  patterns ??= compilePatterns()
  const {emoji, nothing, wide, astral} = patterns
  return text.replace(emoji, 'xx').replace(nothing, '').replace(wide, 'xx').replace(astral, 'x').length
}

/** The text itself if it fits the width, otherwise its beginning and an ellipsis. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  if (width < 1) return ''
  return `${beginning(text, width - 1)}…`
}

/** The text parted behind so many columns; at least one letter stands in front, however wide it is. */
export function splitAt(text: string, width: number): readonly [string, string] {
  const front = beginning(text, width) || [...text].slice(0, 1).join('')
  return [front, text.slice(front.length)]
}

/** The text with spaces behind it up to the width. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** The width of the widest text. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, displayWidth(text)), 0)
}

function beginning(text: string, width: number): string {
  if (isAscii(text)) return text.slice(0, width)
  graphemes ??= new Intl.Segmenter('en', {granularity: 'grapheme'})
  let taken = ''
  let room = width
  for (const {segment} of graphemes.segment(text)) {
    room -= displayWidth(segment)
    if (room < 0) break
    taken += segment
  }
  return taken
}

function isAscii(text: string): boolean {
  return !/[^ -~]/.test(text)
}

function compilePatterns() {
  return {
    emoji: /\p{RGI_Emoji}/gv,
    // Soft hyphens are drawn; vowels and finals of Hangul letters join the one before.
    nothing: /[[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]--\u00ad]/gv,
    // East_Asian_Width W and F, with the unassigned gaps of CJK blocks closed.
    wide: /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u3247\u3250-\u4dbf\u4e00-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18df2}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f251}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/gu,
    astral: /[\u{10000}-\u{10ffff}]/gu,
  }
}
