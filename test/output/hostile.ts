import fc from 'fast-check'

// The set as the safety reference states it, written here again so that a slip in the source is not copied.
export const unsafeCharacter =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Surrogate}\u{e0000}-\u{e007f}]/u

export const attacks = {
  clearScreen: 'Acme\u001b[2J',
  eightBitClear: 'Acme\u009b2J',
  title: '\u001b]0;owned\u0007',
  bidi: 'evil\u202etxt.exe\u2066',
  overwrite: 'status ok\rstatus BAD',
  backspace: 'ok\b\bno',
  tags: 'hi\u{e0041}\u{e007f}',
  zeroWidth: 'pay\u200bpal\ufeff',
  separators: 'a\u2028b\u2029c\u0085d',
  highSurrogate: 'a\ud800b',
  lowSurrogate: 'a\udc00',
  nul: 'a\u0000b',
}

const pieces = fc.oneof(
  fc.constantFrom(...Object.values(attacks)),
  fc.integer({min: 0, max: 0xffff}).map((unit) => String.fromCharCode(unit)),
  fc.integer({min: 0xe0000, max: 0xe00ff}).map((codePoint) => String.fromCodePoint(codePoint)),
  fc.integer({min: 0x2000, max: 0x2070}).map((codePoint) => String.fromCodePoint(codePoint)),
  fc.string({unit: 'binary', maxLength: 6}),
  fc.constantFrom('"', ',', '\n', '\r\n', '\t', '\\', '=1+1', '@', '-', ' ', "'", '漢字', '👍🏽', '❤️', 'é', 'e\u0301'),
)

/** Strings made to get past a filter: attacks, lone code units, tags, and what separates fields. */
export const hostileString = fc.array(pieces, {maxLength: 8}).map((parts) => parts.join(''))

/** The same seed and number of runs each time, so that a failure is the same failure tomorrow. */
export function runs(numRuns: number): fc.Parameters<unknown> {
  return {seed: 20260301, numRuns}
}
