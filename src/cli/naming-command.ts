import type {Heading} from '../output/told-apart.ts'
import {UnknownNames} from '../rules/about-names.ts'
import {PmError, UsageError} from '../rules/errors.ts'
import {exitCodes} from '../rules/exit-codes.ts'
import {firstFew} from '../rules/first-few.ts'
import type {MissedItem} from '../rules/item-outcome.ts'
import {quoted} from '../rules/shell-word.ts'
import type {Finder} from './asking-command.ts'
import {HostingCommand} from './hosting-command.ts'
import {columnsOf, type ListedNoun} from './names/columns-of.ts'
import type {NameList} from './names/name-list.ts'
import {readNames} from './names/read-names.ts'
import {globalFlags} from './options.ts'

/** A kind of things that are named, many at once. */
export interface Nameable {
  noun: ListedNoun
  parse: (text: string) => string
  find: Finder
  /** What the column of names may be called in a table, the best first, where that is not as for all of its noun. */
  columns?: readonly Heading[]
}

// What the results of a job call what was named, so that what it rejected can be given again.
const resultColumn: Heading = 'target'

/** A command that is told many names, one by one or in a list, and says where in it something is wrong. */
export abstract class NamingCommand extends HostingCommand {
  // Here, and no further up: oclif's manifest looks no further than to a class that has nothing static of its own.
  static override baseFlags = globalFlags

  #list: NameList | undefined
  readonly #leftOut: MissedItem[] = []

  /** All names given as arguments, in a file or on stdin; where there are none, the one chosen on a terminal. */
  protected async givenMany(
    given: readonly unknown[],
    {'from-file': fromFile, where}: {'from-file'?: string | undefined; where?: readonly string[] | undefined},
    {noun, parse, find, columns = columnsOf[noun]}: Nameable,
  ): Promise<string[]> {
    if (where) return this.selected(noun, where, given)
    if (given.length === 0 && fromFile === undefined) return [parse(await this.given(undefined, noun, find))]
    const named = {given: given.map(String), fromFile, columns: [...columns, resultColumn]}
    this.#list = await readNames(named, parse, this.terminal)
    if (this.#list.size === 0) throw new UsageError(`There is no ${noun} in ${this.#list.origin}.`)
    return this.#list.names()
  }

  private async selected(noun: string, where: readonly string[], given: readonly unknown[]): Promise<string[]> {
    if (given.length > 0) throw new UsageError(`Name each ${noun}, or select them with --where: not both.`)
    const {meantFilters, selectNames} = await import('./select-names.ts')
    const {timeout} = this.flags
    // The very list, so that it is checked, permitted and read as that is.
    const place = this.inPlace(timeout === undefined ? [] : ['--timeout', String(timeout)])
    const host = await this.hostOnPrimary()
    const names = await selectNames(noun, where, host, place)
    if (names.length > 0) return names
    // As an empty list: what is named must be there, and what is sought need not.
    this.say(`There is no ${noun} with ${where.join(' and ')}.`)
    const meant = await meantFilters(noun, where, host, () => this.session())
    for (const filter of meant) this.say(`Did you mean --where ${quoted(filter)}?`)
    return []
  }

  /** What is said in front of a command that does the same again: a list on stdin is gone. */
  protected get withListAgain(): string {
    return this.#list?.isFromStdin ? ', with the list piped in again' : ''
  }

  /** The line of the list that was read in which a name stands, where it was one list. */
  protected readonly lineInList = (name: string): number | undefined => this.#list?.lineOf(name)

  /**
   * What is found by names; of those that came in a list, the unknown are told of and left out.
   * @throws what `find` throws; NotFound where one that is unknown was an argument, or all are
   */
  protected async findKnown<T>(names: readonly string[], find: (names: readonly string[]) => Promise<T>): Promise<T> {
    try {
      return await find(names)
    } catch (error) {
      const unknown = new Set(error instanceof UnknownNames ? error.names : [])
      const lines = [...unknown].flatMap((name) => this.#list?.whereOf(name) ?? [])
      if (unknown.size === 0 || lines.length < unknown.size || unknown.size === names.length) throw error
      this.assertRightlyRead([...unknown])
      for (const target of unknown) {
        const line = this.lineInList(target)
        this.#leftOut.push({target, outcome: 'unknown', reason: `There is nothing called ${target}.`, line})
      }
      const told = [...unknown].map((name, at) => `${name} (${lines[at]})`)
      this.say(`! ${unknown.size.toLocaleString('en')} left out, unknown: ${firstFew(told)}.`)
      return find(names.filter((name) => !unknown.has(name)))
    }
  }

  /** What of a list was left out, since it is unknown. */
  protected get leftOutOfList(): readonly MissedItem[] {
    return this.#leftOut
  }

  /** @throws UsageError where one of these unknown names is probably no name, but a header, or a whole line of fields */
  protected assertRightlyRead(unknown: readonly string[]): void {
    const error = this.#list?.misread(unknown)
    if (error) throw error
  }

  protected override async catch(error: Error): Promise<never> {
    const placed = this.#list && error instanceof PmError && error.placed?.(this.#list)
    return super.catch(placed || error)
  }

  protected override async finally(error?: Error): Promise<void> {
    await super.finally(error)
    if (this.#leftOut.length > 0 && !process.exitCode) process.exitCode = exitCodes.partlyDone.code
  }
}
