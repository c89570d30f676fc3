import type {Described, DescribedFlag} from './described.ts'

/** What oclif keeps of a command in its class. */
interface CommandStatics {
  usage?: string | readonly string[] | undefined
  args?: Described['args']
  flags?: Readonly<Record<string, DescribedFlag>>
}

/** A command that is loaded, described as the manifest describes it. */
export function describedClass(id: string, {usage, args = {}, flags = {}}: CommandStatics): Described {
  return {id, args, flags, ...(typeof usage === 'string' ? {usage} : {})}
}
