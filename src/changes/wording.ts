/** A number with its noun: `1 domain`, `1,200 domains`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

/** One thing by its name, several by their number: `203.0.113.24`, `3 IPs`. */
export function named(names: readonly string[], noun: string): string {
  const [only] = names
  return names.length === 1 && only !== undefined ? only : counted(names.length, noun)
}
