import {someOf} from '../../rules/about-names.ts'
import {UsageError} from '../../rules/errors.ts'
import type {Terminal} from '../terminal.ts'
import {type ListedName, unknownHeader} from './column.ts'
import {listedNames} from './listed-names.ts'
import {NameList} from './name-list.ts'
import {type Place, placeText} from './place.ts'
import {readTextFile} from './text-source.ts'

/** Where several things of a noun were named. */
export interface Named {
  /** The arguments; `-` stands for stdin. */
  given: readonly string[]
  fromFile?: string | undefined
  /** What the column of names may be called in a table, the best first. */
  columns: readonly string[]
}

type Parse = (text: string) => string

const mostNames = 1_000_000

/**
 * All names given as arguments, in a file or on stdin, parsed. Empty when nothing was given at all.
 * @throws UsageError listing every name that is malformed, or stands twice, with where; before anything is touched
 */
export async function readNames(named: Named, parse: Parse, terminal: Terminal): Promise<NameList> {
  const reading = new Reading(named.columns, parse)
  for await (const {source, names} of sourcesOf(named, terminal)) reading.take(names, source)
  return reading.end()
}

const argument = 'argument'

async function* sourcesOf({given, fromFile, columns}: Named, terminal: Terminal) {
  const listed = (text: string, source: string) => ({source, names: listedNames(text, source, columns)})
  for (const text of given) {
    if (text === '-') yield listed(await readStdin(terminal), 'stdin')
    else yield {source: argument, names: [{name: text, line: 0}]}
  }
  if (fromFile === '-') yield listed(await readStdin(terminal), 'stdin')
  else if (fromFile !== undefined) yield listed(await readTextFile(fromFile), fromFile)
}

async function readStdin(terminal: Terminal): Promise<string> {
  if (!terminal.isTTY.stdin) return terminal.readInput()
  throw new UsageError('There is no list on stdin: it is the terminal.', {
    hint: 'Pipe a list in (… | pm … -), or name a file: --from-file FILE',
  })
}

interface Wrong {
  name: string
  place: Place
  problem: UsageError
}

interface Twice {
  name: string
  places: readonly [earlier: Place, later: Place]
}

class Reading {
  readonly #columns: readonly string[]
  readonly #parse: Parse
  readonly #list: NameList
  #count = 0
  readonly #wrong: Wrong[] = []
  readonly #twice: Twice[] = []

  constructor(columns: readonly string[], parse: Parse) {
    this.#columns = columns
    this.#parse = parse
    this.#list = new NameList(columns)
  }

  take(names: Iterable<ListedName>, source: string): void {
    this.#list.from(source)
    for (const listed of names) {
      this.#count += 1
      if (this.#count > mostNames)
        throw new UsageError(`There are more than ${mostNames.toLocaleString('en')} names in ${this.#list.origin}.`)
      this.#takeOne(listed, source)
    }
  }

  #takeOne(listed: ListedName, source: string): void {
    const name = attempt(this.#parse, listed.name)
    if (name instanceof UsageError) {
      if (listed.mayBeHeader) throw unknownHeader(listed, source, this.#columns)
      this.#wrong.push({name: listed.name, place: placeIn(source, listed), problem: name})
      return
    }
    const earlier = this.#list.placeOf(name)
    if (earlier) this.#twice.push({name: listed.name, places: [earlier, placeIn(source, listed)]})
    else this.#list.add(name, listed, source)
  }

  /** @throws UsageError */
  end(): NameList {
    if (this.#wrong.length > 0) throw malformed(this.#wrong)
    if (this.#twice.length > 0) throw standTwice(this.#twice)
    return this.#list
  }
}

function placeIn(source: string, {line}: ListedName): Place {
  return line > 0 ? {source, line} : {source}
}

function attempt(parse: Parse, text: string): string | UsageError {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

function malformed(wrong: readonly Wrong[]): UsageError {
  const [first] = wrong
  if (wrong.length === 1 && first?.place.source === argument) return first.problem
  return new UsageError(someOf(wrong.map(({place, problem}) => `${placeText(place)}: ${problem.message}`)), {
    hint: first?.problem.hint ?? 'Nothing was changed.',
    details: wrong.map(({name, place}) => ({where: placeText(place), value: name})),
  })
}

function standTwice(twice: readonly Twice[]): UsageError {
  const told = twice.map(({name, places: [earlier, later]}) => {
    if (earlier.source === argument && later.source === argument) return `“${name}” stands twice among the arguments.`
    return `“${name}” stands twice: ${placeText(earlier)} and ${placeText(later)}.`
  })
  return new UsageError(someOf(told), {
    hint: 'Take one of them out. Nothing was changed.',
    details: twice.map(({name, places}) => ({value: name, where: places.map(placeText)})),
  })
}
