import type {FactKind} from '../fact.ts'

export const verdicts = ['missing', 'differs', 'unexpected', 'raises', 'unsafe'] as const

/** One thing about a database that is not as pm expects it. */
export interface Finding {
  kind: FactKind | 'migration' | 'view'
  object: string
  finding: (typeof verdicts)[number]
  expected: string | null
  found: string | null
  hint: string
}
