/** A text that came from outside, as PostgreSQL can hold it: with a sign in place of NUL, which no text or jsonb takes. */
export function storable(text: string): string {
  return text.replaceAll('\0', '␀')
}
