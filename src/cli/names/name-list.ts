import {type ListOfNames, UsageError} from '../../rules/errors.ts'
import {type ListedName, unknownHeader} from './column.ts'
import {type Place, placeText} from './place.ts'

interface Source {
  called: string
  /** The lines in which names stand; 0 for arguments. */
  lines: Map<string, number>
}

/** Names that were given, each once, in their order; it remembers where each of them stands. */
export class NameList implements ListOfNames {
  readonly #columns: readonly string[]
  readonly #sources: Source[] = []
  #doubtful: {name: string; first: ListedName; source: string} | undefined

  /** @param columns what the column of names may be called */
  constructor(columns: readonly string[]) {
    this.#columns = columns
  }

  /** Adds a name as it was understood. */
  add(name: string, listed: ListedName, source: string): void {
    this.from(source).lines.set(name, listed.line)
    if (listed.mayBeHeader) this.#doubtful = {name, first: listed, source}
  }

  /** The source of what is added next; it is known by then, even if nothing comes of it. */
  from(called: string): Source {
    const known = this.#sources.find((source) => source.called === called)
    if (known) return known
    const source = {called, lines: new Map<string, number>()}
    this.#sources.push(source)
    return source
  }

  /** How many there are. */
  get size(): number {
    return this.#sources.reduce((sum, {lines}) => sum + lines.size, 0)
  }

  names(): string[] {
    return this.#sources.flatMap(({lines}) => [...lines.keys()])
  }

  placeOf(name: string): Place | undefined {
    const source = this.#sources.find(({lines}) => lines.has(name))
    const line = source?.lines.get(name)
    return source && {source: source.called, ...(line ? {line} : {})}
  }

  /** The line of the list in which a name stands; undefined where several lists were given, since it does not say of which. */
  lineOf(name: string): number | undefined {
    return this.#sources.filter(isList).length === 1 ? this.placeOf(name)?.line : undefined
  }

  /** Where a name stands in a file or on stdin, in words; undefined for an argument. */
  whereOf(name: string): string | undefined {
    const place = this.placeOf(name)
    return place?.line === undefined ? undefined : placeText(place)
  }

  /** Where the names come from, in words. */
  get origin(): string {
    return this.#sources.map(({called}) => called).join(' and ')
  }

  /** Whether any of them was read from stdin, which nobody reads twice. */
  get isFromStdin(): boolean {
    return this.#sources.some(({called}) => called === 'stdin')
  }

  /** What is wrong if what may be a header, or a line of fields, is among what means nothing. */
  misread(unknown: readonly string[]): UsageError | undefined {
    const doubtful = this.#doubtful
    if (doubtful && unknown.includes(doubtful.name)) {
      return unknownHeader(doubtful.first, doubtful.source, this.#columns)
    }
    const source = this.#sources.find(({lines}) => isOfSemicolons(lines))
    return source && unknown.some((name) => source.lines.has(name)) ? bySemicolons(source.called) : undefined
  }
}

function isList({lines}: Source): boolean {
  const [first = 0] = lines.values()
  return first > 0
}

// One name may have a semicolon; where each line has, it separates.
function isOfSemicolons(lines: ReadonlyMap<string, number>): boolean {
  return lines.size > 0 && [...lines].every(([name, line]) => line > 0 && name.includes(';'))
}

function bySemicolons(source: string): UsageError {
  return new UsageError(`${source} looks separated by semicolons, and what its lines say names nothing.`, {
    hint: 'Separate by commas or tabs, or head the column of names so that pm knows it: see pm help scripting.',
  })
}
