import {UsageError} from '../rules/errors.ts'

/** @throws UsageError */
export function parseChangeId(text: string): number {
  const id = Number(text)
  if (/^\d{1,15}$/.test(text) && Number.isSafeInteger(id)) return id
  throw new UsageError(`“${text}” is not the id of a change.`, {hint: 'It is a number; see pm audit list.'})
}
