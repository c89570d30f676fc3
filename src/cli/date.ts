import {UsageError} from '../rules/errors.ts'

/**
 * A day to come, as ISO 8601 UTC at its beginning.
 * @throws UsageError for what is no day, or is past
 */
export function parseComingDay(text: string, now: Date): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00.000Z`) : undefined
  // A day that does not exist, such as 31 February, comes back as another.
  const exists = date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  if (!exists) throw new UsageError(`“${text}” is no day.`, {hint: 'Give it as YEAR-MONTH-DAY, such as 2027-01-31.'})
  if (date.getTime() < now.getTime()) throw new UsageError(`${text} is past.`)
  return date.toISOString()
}
