/** A flag as oclif.manifest.json describes it. */
export interface DescribedFlag {
  type: 'option' | 'boolean'
  char?: string
  description?: string
  helpValue?: string
  helpGroup?: string
  options?: readonly string[]
  delimiter?: string
  required?: boolean
  multiple?: boolean
  allowNo?: boolean
  hidden?: boolean
}

export type DescribedFlags = Readonly<Record<string, DescribedFlag>>

/** A command as oclif.manifest.json describes it: enough to understand its command line without loading it. */
export interface Described {
  id: string
  summary?: string
  hidden?: boolean
  /** Its arguments in words, where they are not those of `args`: `IP... good|fair`. */
  usage?: string
  args: Readonly<Record<string, {required?: boolean; options?: readonly string[]; description?: string}>>
  flags: DescribedFlags
  /** The fields of what it writes, and those its list can be sorted by. */
  fields?: readonly string[]
  sortable?: readonly string[]
}
