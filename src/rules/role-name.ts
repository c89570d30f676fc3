import {UsageError} from './errors.ts'

/** @throws UsageError for what cannot be a role's name; the column holds 50 characters */
export function parseRoleName(text: string): string {
  if (/^[a-z][a-z0-9_-]{0,49}$/.test(text)) return text
  throw new UsageError(`“${text}” cannot be a role’s name.`, {
    hint: 'A role is up to 50 small letters, digits, _ and -, and begins with a letter: night_shift.',
  })
}
