import type {FactKind} from '../fact.ts'

/** One thing about a database that is not as pm expects it. */
export interface Finding {
  kind: FactKind | 'migration'
  object: string
  finding: 'missing' | 'differs' | 'unexpected' | 'raises' | 'unsafe'
  expected: string | null
  found: string | null
  hint: string
}
