import {isUnavailable, type Part} from './part.ts'

/** A part of an answer, or null where Stripe refused it. */
export function known<T>(part: Part<T>): T | null {
  return isUnavailable(part) ? null : part
}
