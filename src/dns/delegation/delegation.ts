import type {Absent, Failed} from '../answer.ts'

/** A name server that a zone is delegated to. */
export interface Host {
  name: string
  /** The addresses that came with the delegation. */
  glue: readonly string[]
}

/** Which zone a domain is in, and which servers it was given to. */
export type Delegation = Delegated | Nonexistent | Untraceable

export interface Delegated {
  outcome: 'delegated'
  zone: string
  /** The zone above, whose servers said so; null where the domain is only a name in somebody's zone. */
  parent: string | null
  hosts: readonly Host[]
}

/** A zone, and whom to ask about it. */
export type ZoneHosts = Pick<Delegated, 'zone' | 'hosts'>

export interface Nonexistent {
  outcome: 'nonexistent'
  /** The zone above, whose servers said that there is no such domain. */
  parent: string
  hosts: readonly Host[]
  answer: Absent
}

export interface Untraceable {
  outcome: 'untraceable'
  /** The zone whose servers could not be asked; null where not even that could be found. */
  parent: string | null
  failure: Failed
}
