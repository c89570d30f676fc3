/**
 * The selector for a new key: the one in use with the next number, `pm1` → `pm2`, that nothing has been published under.
 * A selector is never used again: receivers and old mail know it with its old key.
 * @param current the selector to follow, a single DNS label
 * @param taken every selector the domain has had
 */
export function nextSelector(current: string, taken: Iterable<string> = []): string {
  const used = new Set([current, ...taken].map((selector) => selector.toLowerCase()))
  const base = current.toLowerCase().replace(/\d{1,15}$/, '')
  let number = Number(/\d{1,15}$/.exec(current)?.[0] ?? 1) + 1
  while (used.has(selectorOf(base, number))) number += 1
  return selectorOf(base, number)
}

/** A label has 63 bytes at most (RFC 1035 §2.3.4); what is cut off is of the name, not of the number. */
function selectorOf(base: string, number: number): string {
  return `${base.slice(0, 63 - String(number).length)}${number}`
}
