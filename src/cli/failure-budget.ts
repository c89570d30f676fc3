import {UsageError} from '../rules/errors.ts'

/** What `--max-failures` takes: a number, or a share of all such as `5%`. @throws UsageError */
export function parseFailureBudget(text: string): string {
  if (/^(\d{1,9}|\d{1,2}%|100%)$/.test(text)) return text
  throw new UsageError(`“${text}” is neither a number nor a share of all.`, {hint: 'Give one such as 100, or 5%.'})
}

/** How many of so many items may fail, by a budget as `parseFailureBudget` returns it. */
export function failuresAllowed(budget: string, items: number): number {
  const count = Number.parseInt(budget, 10)
  return budget.endsWith('%') ? Math.floor((items * count) / 100) : count
}
