import {UsageError} from './errors.ts'

/**
 * A feature flag's key (guide: feature_flags.key, at most 100 characters).
 * @throws UsageError
 */
export function parseFlagKey(text: string): string {
  if (/^[a-z][a-z0-9_.-]{0,99}$/.test(text)) return text
  throw new UsageError(`“${text}” cannot be a flag's key.`, {
    hint: 'Lower-case letters, digits, and _ . - behind a first letter; at most 100 characters.',
  })
}

/** A share of tenants, 0 to 100. @throws UsageError */
export function parsePercentage(text: string): number {
  if (/^\d{1,3}%?$/.test(text) && Number.parseInt(text, 10) <= 100) return Number.parseInt(text, 10)
  throw new UsageError(`“${text}” is no percentage.`, {hint: 'A whole number from 0 to 100.'})
}
