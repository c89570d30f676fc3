/** A flag as oclif.manifest.json describes it. */
export interface DescribedFlag {
  type: 'option' | 'boolean'
  char?: string | undefined
  description?: string | undefined
  helpValue?: string | readonly string[] | undefined
  /** The group of a flag that several commands share. */
  helpGroup?: string | undefined
  env?: string | undefined
  default?: unknown
  options?: readonly string[] | undefined
  delimiter?: string | undefined
  required?: boolean | undefined
  multiple?: boolean | undefined
  allowNo?: boolean | undefined
  hidden?: boolean | undefined
  exclusive?: readonly string[] | undefined
}

export type DescribedFlags = Readonly<Record<string, DescribedFlag>>

interface DescribedArgument {
  required?: boolean | undefined
  options?: readonly string[] | undefined
  description?: string | undefined
}

/** A command as oclif.manifest.json describes it: enough to understand its command line without loading it. */
export interface Described {
  id: string
  summary?: string
  description?: string
  examples?: readonly string[]
  hidden?: boolean
  /** Its arguments in words, where they are not those of `args`: `IP... good|fair`. */
  usage?: string
  args: Readonly<Record<string, DescribedArgument>>
  flags: DescribedFlags
  /** The fields of what it writes, and those its list can be sorted by. */
  fields?: readonly string[]
  sortable?: readonly string[]
}
