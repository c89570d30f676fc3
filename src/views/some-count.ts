import {mostCounted} from '../rules/most-counted.ts'

/** A count that ended at the most that is counted, in words: there may be more then. */
export function someCount(count: number): string {
  return `${count.toLocaleString('en')}${orMore(count, '+')}`
}

/** What is said where there may be more than was counted. */
export function orMore(count: number, words: string): string {
  return count < mostCounted ? '' : words
}

/** A count in words. */
export function whole(count: number): string {
  return count.toLocaleString('en')
}
