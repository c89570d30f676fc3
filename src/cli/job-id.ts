import {UsageError} from '../rules/errors.ts'

/** @throws UsageError */
export function parseJobId(text: string): number {
  const id = Number(text)
  if (/^\d{1,15}$/.test(text) && Number.isSafeInteger(id)) return id
  throw new UsageError(`“${text}” is not the number of a job.`, {hint: 'See which there are: pm job list'})
}
