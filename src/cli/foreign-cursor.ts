import {UsageError} from '../rules/errors.ts'

/**
 * The error that ended a list, in the operator's words where `--after` is to blame: a cursor of another list holds values
 * that the database cannot compare with this one's (SQLSTATE class 22, data exceptions).
 */
export function explainCursor(error: unknown, after: string | undefined): unknown {
  if (after === undefined || !isDataException(error)) return error
  return new UsageError('--after takes the cursor that this list printed, unchanged.', {cause: error})
}

function isDataException(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('22')
}
