import {firstFew} from '../rules/first-few.ts'

/** A number with its noun: `1 domain`, `1,200 domains`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
}

/** One thing by its name, several by their number: `203.0.113.24`, `3 IPs`. */
export function named(names: readonly string[], noun: string, plural?: string): string {
  const [only] = names
  return names.length === 1 && only !== undefined ? only : counted(names.length, noun, plural)
}

/** Says which of many are so already, and so left alone. */
export function leftAlone(names: readonly string[], state: string): string[] {
  return names.length === 0 ? [] : [`Left alone, ${state} already: ${firstFew(names)}.`]
}
