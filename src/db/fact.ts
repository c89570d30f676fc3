/** What a fact is about. */
export type FactKind =
  | 'schema'
  | 'table'
  | 'view'
  | 'column'
  | 'constraint'
  | 'index'
  | 'policy'
  | 'role'
  | 'function'
  | 'trigger'
  | 'grant'

/** One thing a database has, spelled the same by every version of PostgreSQL. */
export interface Fact {
  kind: FactKind
  /** The table, function, schema or role: `public.plans`. */
  of: string
  /** Which of its columns, constraints, …; empty where the thing itself is meant. */
  name: string
  /** Everything about it that matters: `{type: 'integer', 'not null': 'no'}`. */
  facets: Readonly<Record<string, string>>
}

/** How a person finds the thing: `public.plans.name`, `plans_slug_key on public.plans`. */
export function objectOf({kind, of, name}: Fact): string {
  if (name === '') return of
  if (kind === 'column') return `${of}.${name}`
  return kind === 'grant' ? `${of} to ${name}` : `${name} on ${of}`
}
