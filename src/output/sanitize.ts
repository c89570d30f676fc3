// What can drive a terminal (C0, DEL, C1), reorder or hide text (bidi, zero width, tags), or be no character at all.
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu

// The same without what JSON.stringify escapes by itself, by code unit, as JSON's \uXXXX wants it.
const unsafeInJson =
  /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/

const everyUnsafeInJson = new RegExp(unsafeInJson, 'g')
const beyondAscii = /[^ -~]/

/** Shows each unsafe code point as a visible `\u{hex}`: shown rather than stripped, so that an attack is seen. */
export function sanitize(text: string): string {
  return replaceUnsafe(text, visible)
}

/** Like sanitize, but keeps line feeds, for text that may have several lines. */
export function sanitizeText(text: string): string {
  return replaceUnsafe(text, (codePoint) => (codePoint === 0x0a ? '\n' : visible(codePoint)))
}

/** Makes what JSON.stringify wrote safe to print: same data, with each unsafe character as `\uXXXX`. */
export function escapeJson(json: string): string {
  return unsafeInJson.test(json) ? json.replace(everyUnsafeInJson, asCodeUnits) : json
}

/** Replaces each unsafe code point by what `show` makes of it. */
export function replaceUnsafe(text: string, show: (codePoint: number) => string): string {
  // Nearly every value is plain ASCII, and this test is several times cheaper than the replacement.
  if (!beyondAscii.test(text)) return text
  return text.replace(unsafe, (character) => show(character.codePointAt(0) ?? 0))
}

function visible(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`
}

function asCodeUnits(character: string): string {
  return Array.from({length: character.length}, (_, index) => codeUnit(character.charCodeAt(index))).join('')
}

function codeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
