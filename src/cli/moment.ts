import {UsageError} from '../rules/errors.ts'

const unitMs = {s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000} as const

/**
 * A moment in the past as operators say it: a distance (`90m`, `12h`, `2d`) or an ISO date or time, as ISO 8601 UTC.
 * @throws UsageError
 */
export function parseMoment(text: string, now: Date): string {
  const [, amount, unit] = text.match(/^(\d{1,6})([smhdw])$/) ?? []
  if (amount && isUnit(unit)) return new Date(now.getTime() - Number(amount) * unitMs[unit]).toISOString()
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : undefined
  if (date && !Number.isNaN(date.getTime())) return date.toISOString()
  throw new UsageError(`“${text}” is no moment.`, {
    hint: 'Give a distance such as 90m, 12h, 2d, or a date such as 2026-11-01.',
  })
}

function isUnit(text: string | undefined): text is keyof typeof unitMs {
  return text !== undefined && Object.hasOwn(unitMs, text)
}
