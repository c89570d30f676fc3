/** What a check of DNS came to: all right, something must be mended, or it could not be found out. */
export const checkOutcomes = ['ok', 'failing', 'unknown'] as const
export type CheckOutcome = (typeof checkOutcomes)[number]

/** What is wrong outweighs what could not be asked. */
export function outcomeOf(findings: readonly {level: string}[]): CheckOutcome {
  if (findings.some(({level}) => level === 'error')) return 'failing'
  return findings.some(({level}) => level === 'unknown') ? 'unknown' : 'ok'
}
