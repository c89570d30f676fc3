import {StripeRefused} from './stripe-refused.ts'

/** A part of an answer that Stripe refused, as to a restricted key that may not see it; the other parts stand. */
export interface Unavailable {
  unavailable: string
}
export type Part<T> = T | Unavailable

/** A part of a larger answer: what was asked for, or why Stripe refused it. Every other failure is raised. */
export async function part<T>(asked: Promise<T>): Promise<Part<T>> {
  try {
    return await asked
  } catch (error) {
    return unavailable(error)
  }
}

/** @throws the error, when it is something else than a refusal */
export function unavailable(error: unknown): Unavailable {
  if (error instanceof StripeRefused) return {unavailable: error.message}
  throw error
}

export function isUnavailable(part: unknown): part is Unavailable {
  return typeof part === 'object' && part !== null && 'unavailable' in part
}
