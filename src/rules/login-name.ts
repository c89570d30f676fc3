import {UsageError} from './errors.ts'

// PostgreSQL cuts longer names off without a word (NAMEDATALEN - 1).
const longestBytes = 63
// PostgreSQL reserves these for itself (user.c, IsReservedName; gram.y, RoleSpec).
const reserved = /^(pg_.*|public|none)$/

/**
 * A name for a database login, exactly as it is to be: any characters but those nobody could type or see.
 * @throws UsageError
 */
export function parseLoginName(text: string): string {
  const problem = problemWith(text)
  if (problem === undefined) return text
  throw new UsageError(`“${text}” cannot be a login: ${problem}.`, {hint: 'A login is a name such as op_ada.'})
}

function problemWith(text: string): string | undefined {
  if (text === '') return 'it is empty'
  if (Buffer.byteLength(text) > longestBytes) return `a name has at most ${longestBytes} bytes`
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) return 'it holds characters that do not show'
  if (text.trim() !== text) return 'it begins or ends with a space'
  return reserved.test(text) ? 'PostgreSQL keeps that name for itself' : undefined
}

/** A name as SQL reads it back unchanged (PostgreSQL documentation, "Identifiers and Key Words"). */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
