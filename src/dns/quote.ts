/** A piece of a record in a sentence; what goes on and on is cut. */
export function quote(text: string): string {
  return text.length <= 60 ? `“${text}”` : `“${text.slice(0, 60)}…”`
}
