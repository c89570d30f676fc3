const hourMs = 3_600_000

/** Times as the database takes them, counted from the moment the sandbox is made. */
export interface Clock {
  hoursAgo(hours: number): string
  daysAgo(days: number): string
  daysAhead(days: number): string
}

/** The clock that stands still at `asOf`. */
export function clockAt(asOf: Date): Clock {
  const at = (hours: number) => new Date(asOf.getTime() + Math.round(hours * hourMs)).toISOString()
  return {
    hoursAgo: (hours) => at(-hours),
    daysAgo: (days) => at(-days * 24),
    daysAhead: (days) => at(days * 24),
  }
}
