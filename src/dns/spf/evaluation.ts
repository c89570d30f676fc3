import type {Lookup, RecordData, RecordType} from '../answer.ts'
import {isDnsName, plainName} from '../domain-name.ts'
import {reverseName} from '../ip-bytes.ts'
import {isWithin} from '../zone-names.ts'
import type {MacroValue} from './expand-macros.ts'
import {macroValues} from './macro-values.ts'
import type {RecordSource} from './published.ts'
import type {MacroString, Mechanism, Modifier} from './record.ts'
import type {Identity} from './sender.ts'
import type {Sources} from './time-limit.ts'
import {validatedNames} from './validated-names.ts'
import {type Step, Undecided} from './verdict.ts'

/** Terms that may ask DNS in one evaluation (RFC 7208 §4.6.4). */
export const maxLookups = 10
/** Questions that may find nothing. */
export const maxVoids = 2

/** Steps that are kept, of a record with thousands of terms. */
const longestTrace = 500

/** One evaluation under way: what it has asked, and what it may still ask. */
export class Evaluation {
  lookups = 0
  voids = 0
  readonly trace: Step[] = []
  /** The terms being looked at, the outermost first. */
  readonly open: Step[] = []
  readonly lookup: Lookup
  readonly records: RecordSource
  readonly identity: Identity
  #names: Promise<string[]> | undefined

  constructor({lookup, records}: Sources, identity: Identity) {
    this.lookup = lookup
    this.records = records
    this.identity = identity
  }

  /** Notes that a term is being looked at. */
  begin({text, at}: Mechanism | Modifier, domain: string, depth: number): Step {
    const step: Step = {depth, domain, term: text, at, outcome: 'undecided'}
    if (this.trace.length < longestTrace) this.trace.push(step)
    this.open.push(step)
    return step
  }

  /** Notes what the term that was begun last came to. */
  end(outcome: 'match' | 'no match'): void {
    const step = this.open.pop()
    if (step) step.outcome = outcome
  }

  /** @throws Undecided when the term is one too many that asks DNS */
  countLookup(term: string): void {
    this.lookups += 1
    if (this.lookups <= maxLookups) return
    throw new Undecided('permerror', `“${term}” would be look-up ${this.lookups}; ${maxLookups} are allowed.`)
  }

  /**
   * The data of an RRset; nothing where there is none, or where the name cannot be asked for.
   * @throws Undecided when nobody can say, or when too many questions found nothing
   */
  async ask<Type extends RecordType>(name: string, type: Type): Promise<RecordData[Type][]> {
    if (!isDnsName(name)) return []
    const answer = await this.lookup(name, type)
    if (answer.outcome === 'found') return answer.records.map(({data}) => data)
    if (answer.outcome === 'absent') {
      this.#countVoid(name, type)
      return []
    }
    if (answer.reason === 'bad name') return []
    throw new Undecided('temperror', `${type} of ${name} could not be learned: ${answer.detail}.`)
  }

  /** The names of the connecting address that lead back to it (RFC 7208 §5.5). */
  names(): Promise<string[]> {
    this.#names ??= this.#findNames()
    return this.#names
  }

  /** The values of the macros while the record of `domain` is evaluated; DNS is asked only where one of the parts needs it. */
  macros(parts: MacroString, domain: string): MacroValue | Promise<MacroValue> {
    const values = (name: string) => macroValues(this.identity, domain, name)
    const named = parts.some((part) => typeof part !== 'string' && part.letter === 'p')
    return named ? this.#nameFor(domain).then(values) : values('')
  }

  /** A DNS error makes it look as if there were no names. */
  async #findNames(): Promise<string[]> {
    const {ip} = this.identity
    try {
      return await validatedNames(this.lookup, ip, await this.ask(reverseName(ip), 'PTR'))
    } catch (error) {
      if (error instanceof Undecided && error.result === 'temperror') return []
      throw error
    }
  }

  /** The domain itself, else a name below it, else any (RFC 7208 §7.3). */
  async #nameFor(domain: string): Promise<string> {
    const names = await this.names()
    const itself = names.find((name) => plainName(name) === plainName(domain))
    return itself ?? names.find((name) => isWithin(plainName(name), plainName(domain))) ?? names[0] ?? 'unknown'
  }

  #countVoid(name: string, type: RecordType): void {
    this.voids += 1
    if (this.voids <= maxVoids) return
    const reason = `${type} of ${name} is look-up ${this.voids} that finds nothing; ${maxVoids} are allowed.`
    throw new Undecided('permerror', reason)
  }
}
