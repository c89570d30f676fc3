import {UsageError} from '../rules/errors.ts'

const unitMs = {s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000} as const

const isoForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * A moment in the past as operators say it: a distance (`90m`, `12h`, `2d`) or an ISO date or time, as ISO 8601 UTC.
 * What names no zone is in UTC, as every time that pm prints for programs.
 * @throws UsageError
 */
export function parseMoment(text: string, now: Date): string {
  return parse(text, now, -1)
}

/**
 * A moment to come, said in the same way: `7d` is in seven days.
 * @throws UsageError
 */
export function parseDeadline(text: string, now: Date): string {
  return parse(text, now, 1)
}

function parse(text: string, now: Date, direction: 1 | -1): string {
  const moment = parseDistance(text, now, direction) ?? parseIso(text)
  // Before 1970 nothing was recorded, and far before it the database knows no such year.
  if (moment !== undefined && moment.getTime() >= 0) return moment.toISOString()
  throw new UsageError(`“${text}” is no moment.`, {
    hint: 'Give a distance such as 90m, 12h, 2d, or a date such as 2026-11-01.',
  })
}

function parseDistance(text: string, now: Date, direction: 1 | -1): Date | undefined {
  const [, amount, unit] = text.match(/^(\d{1,6})([smhdw])$/) ?? []
  return amount && isUnit(unit) ? new Date(now.getTime() + direction * Number(amount) * unitMs[unit]) : undefined
}

function parseIso(text: string): Date | undefined {
  const [, day, time = '00:00', zone = 'Z'] = text.match(isoForm) ?? []
  if (day === undefined) return undefined
  // JavaScript takes 31 February for 3 March.
  const midnight = new Date(`${day}T00:00Z`)
  const isReal = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
  const moment = new Date(`${day}T${time}${zone}`)
  return isReal && !Number.isNaN(moment.getTime()) ? moment : undefined
}

function isUnit(text: string | undefined): text is keyof typeof unitMs {
  return text !== undefined && Object.hasOwn(unitMs, text)
}
