import type {Clock} from './view.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

// Each unit serves up to a limit; weeks and months begin late, since "13d ago" says more than "1w ago".
const units: readonly {until: number; seconds: number; suffix: string}[] = [
  {until: hour, seconds: minute, suffix: 'm'},
  {until: day, seconds: hour, suffix: 'h'},
  {until: 14 * day, seconds: day, suffix: 'd'},
  {until: 63 * day, seconds: 7 * day, suffix: 'w'},
  {until: 730.5 * day, seconds: 30.4375 * day, suffix: 'mo'},
  {until: Number.POSITIVE_INFINITY, seconds: 365.25 * day, suffix: 'y'},
]

/** A moment as its distance from now: `just now`, `5m ago`, `in 3h`. What is no time comes back as it was. */
export function relativeTime(iso: string, now: Date): string {
  const elapsed = (now.getTime() - Date.parse(iso)) / 1000
  const distance = Math.abs(elapsed)
  const unit = units.find(({until}) => distance < until)
  if (!unit) return iso
  // In both directions: a server's clock may be seconds ahead, and a new row is not "in 2s".
  if (distance < minute) return 'just now'
  const amount = `${Math.floor(distance / unit.seconds)}${unit.suffix}`
  return elapsed < 0 ? `in ${amount}` : `${amount} ago`
}

/** A moment as the operator wants to see times. What is no time comes back as it was. */
export function showTime(iso: string, clock: Clock): string {
  if (clock.zone === 'relative') return relativeTime(iso, clock.now)
  const date = new Date(iso)
  if (clock.zone === 'iso' || Number.isNaN(date.getTime())) return iso
  return clock.zone === 'unix' ? String(Math.floor(date.getTime() / 1000)) : localTime(date)
}

/** What a clock on the wall says: `14:32`, or `14:32:07`. */
export function clockTime(date: Date, to: 'minute' | 'second'): string {
  const parts = [date.getHours(), date.getMinutes(), ...(to === 'second' ? [date.getSeconds()] : [])]
  return parts.map(twoDigits).join(':')
}

function localTime(date: Date): string {
  const days = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  return `${days} ${clockTime(date, 'second')} ${offset(-date.getTimezoneOffset())}`
}

function offset(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
