import {UsageError} from '../rules/errors.ts'

/** The parser of a flag that takes a whole number, such as 20. @throws UsageError that says from where to where */
export function wholeNumber(min: number, max?: number): (text: string) => Promise<number> {
  const range = max === undefined ? `of ${min} or more` : `from ${min} to ${max}`
  return async (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (number >= min && number <= (max ?? number)) return number
    throw new UsageError(`“${text}” is no whole number ${range}.`, {hint: `Give one such as ${min}.`})
  }
}
