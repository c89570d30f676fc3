/**
 * How PostgreSQL's text becomes our values, the same on a server and in the sandbox: times are ISO 8601 in UTC with all
 * their microseconds, decimals stay exact text, 64-bit integers are numbers as long as a number holds them exactly.
 * Keyed by type OID. The transaction helper sets TimeZone and DateStyle so that the text always has this form.
 */
export const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: parseBigint,
  1184: parseTimestamptz,
  1700: (text) => text,
}

function parseBigint(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

function parseTimestamptz(text: string): string {
  if (isUsual(text)) return `${text.slice(0, 10)}T${text.slice(11, -3)}Z`
  return text.replace(' ', 'T').replace(/\+00(:00)?$/, 'Z')
}

// A year of four digits, and no era behind it: cut in pieces, in half the time.
function isUsual(text: string): boolean {
  return text[10] === ' ' && text.endsWith('+00')
}
