import {UsageError} from '../rules/errors.ts'

const unitSeconds = {s: 1, m: 60, h: 3_600, d: 86_400} as const
const mostSeconds = 7 * unitSeconds.d

/** A length of time as operators say it, in seconds: `90s`, `45m`, `2h`, `1d`. @throws UsageError */
export function parseDuration(text: string): number {
  const [, amount, unit] = text.match(/^(\d{1,6})([smhd])$/) ?? []
  const seconds = amount && isUnit(unit) ? Number(amount) * unitSeconds[unit] : 0
  if (seconds > 0 && seconds <= mostSeconds) return seconds
  throw new UsageError(`“${text}” is no length of time.`, {hint: 'Give one such as 90s, 45m or 2h, of at most 7d.'})
}

function isUnit(text: string | undefined): text is keyof typeof unitSeconds {
  return text !== undefined && Object.hasOwn(unitSeconds, text)
}
