import {UsageError} from './errors.ts'

/**
 * An amount of money as the database keeps it: exact text with at most two decimals.
 * @throws UsageError
 */
export function parseAmount(text: string): string {
  if (/^\d{1,8}(\.\d{1,2})?$/.test(text)) return text
  throw new UsageError(`“${text}” is no amount.`, {hint: 'Digits with at most two decimals, such as 42 or 42.50.'})
}
