/**
 * What the columns that name things may be called in a list that is given to pm. A list that pm writes without a header
 * never begins with a row that could be taken for one.
 */
const headings = [
  'id',
  'tenant_id',
  'company_id',
  'campaign_id',
  'account_id',
  'domain_id',
  'user_id',
  'stripe_subscription_id',
  'subscription',
  'tenant',
  'company',
  'campaign',
  'account',
  'domain',
  'email',
  'ip',
  'ip_address',
  'permission',
  'name',
  'target',
] as const

export type Heading = (typeof headings)[number]

/** What a field calls its column where it stands in a header. */
export function headingOf(cell: string): string {
  return cell.trim().toLowerCase().replaceAll(/[ -]/g, '_')
}

/** Whether a first row is a header: it has one of the columns, and nothing that heads none. */
export function isHeader(cells: readonly string[], known: readonly string[] = headings): boolean {
  return cells.some((cell) => known.includes(headingOf(cell))) && !cells.some(isValue)
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

export function isId(cell: string): boolean {
  return uuid.test(cell)
}

// An id, a time, an address, a domain, an IP or a decimal.
function isValue(cell: string): boolean {
  return isId(cell) || /^(\d{4}-\d\d-\d\d[T ]\d\d:.*|[^\s@]+@[^\s@]+|[^\s.]+(\.[^\s.]+)+)$/.test(cell)
}

/** A field. One whose values are known holds words of pm, such as what a hit is, and no names: those stay as they are. */
interface Told {
  values: readonly string[] | undefined
}

/** The fields of a first row without a header: `mark` tells those apart that would make it one. */
export function withoutHeader(
  cells: readonly string[],
  fields: readonly Told[],
  mark: (cell: string) => string,
): readonly string[] {
  if (!isHeader(cells)) return cells
  return cells.map((cell, at) => (isHeading(cell) && !fields[at]?.values ? mark(cell) : cell))
}

export function isHeading(cell: string): boolean {
  return headings.some((heading) => heading === headingOf(cell))
}

/** Whether a line that begins so is a comment. */
export function beginsComment(text: string): boolean {
  return /^[^\S\t]*#/.test(text)
}

/** The first character as PostgreSQL's COPY takes it, too: `\x4eame`. */
export function hexMarked(cell: string): string {
  return `\\x${cell.charCodeAt(0).toString(16)}${cell.slice(1)}`
}

/** A name on a line of its own, told apart from a comment, and where it is the first, from a header. */
export function nameAlone(name: string, isFirst: boolean): string {
  if (isFirst && isHeading(name)) return hexMarked(name)
  return /^\\*[^\S\t]*#/.test(name) ? `\\${name}` : name
}

/** The name that a line by itself says: what told it apart is taken away. */
export function saidAlone(line: string): string {
  return line.replace(/^\\(?:x([\da-f]{2})|(?=\\*[^\S\t]*#))/, (_, hex?: string) => (hex ? character(hex) : ''))
}

export function character(hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16))
}
