/** A table to fill. */
export interface SeededTable {
  /** With the columns that are given: `tenants (id, name)`. */
  into: string
  /** How many rows there are for so many tenants. */
  count: (tenants: number) => number
  /** A row, counted from 1, in COPY's text format. */
  line: (row: number) => string
}

const kinds = [
  ...(['tenant', 'user', 'company', 'subscription', 'payment', 'domain', 'account', 'lead', 'campaign'] as const),
  ...(['template', 'eta', 'dictionary', 'step', 'preferences', 'vps', 'ip', 'assignment'] as const),
]

/** The id of a row; always the same, so that rows refer to each other without being read back. */
export function id(kind: (typeof kinds)[number], row: number): string {
  return `5eed${hex(kinds.indexOf(kind), 4)}-0000-7000-8000-${hex(row, 12)}`
}

/** Values as one line; none of them holds a tab, a line end or a backslash. */
export function line(...values: readonly (string | number | boolean | null)[]): string {
  return `${values.map((value) => value ?? '\\N').join('\t')}\n`
}

/** A table with so many rows for each tenant `t`: `k` of the tenant's, and `n` of all; each counted from 1. */
export function each(into: string, many: number, lineOf: (t: number, k: number, n: number) => string): SeededTable {
  return {
    into,
    count: (tenants) => tenants * many,
    line: (row) => lineOf(Math.ceil(row / many), ((row - 1) % many) + 1, row),
  }
}

/** So many days before (or, below 0, after) a moment in milliseconds. */
export function daysBefore(now: number, days: number): string {
  return new Date(now - days * 86_400_000).toISOString()
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0')
}
