import {UsageError} from './errors.ts'

/**
 * A key of system_config (guide: at most 255 characters).
 * @throws UsageError
 */
export function parseConfigKey(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9_.:-]{0,254}$/.test(text)) return text
  throw new UsageError(`“${text}” cannot be a configuration key.`, {
    hint: 'Letters, digits, and _ . : - behind a first letter; at most 255 characters.',
  })
}
