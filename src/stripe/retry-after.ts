/**
 * How long an answer asks to wait (RFC 9110, 10.2.3: seconds or a date), in milliseconds; undefined when it doesn't.
 */
export function retryAfterMs(headers: Readonly<Record<string, unknown>>, now = Date.now()): number | undefined {
  const value = headers['retry-after']
  if (typeof value !== 'string') return undefined
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** A longer wait than this is left to the operator. */
export const longestWaitMs = 30_000
