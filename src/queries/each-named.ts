import {UnknownNames} from '../rules/about-names.ts'
import {Conflict} from '../rules/errors.ts'
import {firstFew} from '../rules/first-few.ts'
import type {Noun} from '../rules/nouns.ts'
import {soughtOf} from '../rules/sought.ts'
import {eachOnce} from './each-once.ts'

interface Nameable {
  id: string
  tenant: string | null
}

/** What operators call things of a kind, besides by their ids. */
export interface Naming<Row> {
  noun: Noun
  /** The kind in words, one and several. */
  nouns: readonly [one: string, several: string]
  /** The names of a thing, the surest first; they count in any case. */
  names(row: Row): readonly (string | null)[]
  /** Where operators see which there are. */
  hint: string
}

/** What was found by many names at once. */
export interface Found<Row> {
  rows: readonly Row[]
  /**
   * What each of some of the names means, in the order given.
   * @throws NotFound naming every unknown one; Conflict listing the ids where one fits several rows; UsageError where
   *   two mean the same.
   */
  meantBy(named: readonly string[]): Row[]
}

/** The rows that names fit, to be asked which of them is meant by which. */
export function foundBy<Row extends Nameable>(rows: readonly Row[], naming: Naming<Row>): Found<Row> {
  const fits = fitting(rows, naming)
  return {
    rows,
    meantBy: (named) => {
      const missing = named.filter((name) => fits(name).length === 0)
      if (missing.length > 0) throw unknown(missing, naming)
      return eachOnce(named, (name) => [onlyOne(name, fits(name), naming)], naming.nouns[0])
    },
  }
}

/** What one name means among the rows that it fits; a row may stand there twice. @throws NotFound, Conflict */
export function oneNamed<Row extends Nameable>(name: string, found: readonly Row[], naming: Naming<Row>): Row {
  return onlyOne(name, fitting(found, naming)(name), naming)
}

function fitting<Row extends Nameable>(found: readonly Row[], {names}: Naming<Row>): (name: string) => readonly Row[] {
  const rows = [...new Map(found.map((row) => [row.id, row])).values()]
  const called = rows.flatMap((row) => [row.id, ...names(row)].map((name, rank) => ({row, rank, name})))
  const byName = Map.groupBy(called, ({name}) => name?.toLowerCase())
  return (name) => {
    const fits = byName.get(name.toLowerCase()) ?? []
    const surest = Math.min(...fits.map(({rank}) => rank))
    return fits.filter(({rank}) => rank === surest).map(({row}) => row)
  }
}

function onlyOne<Row extends Nameable>(name: string, rows: readonly Row[], naming: Naming<Row>): Row {
  const [row, another] = rows
  if (!row) throw unknown([name], naming)
  if (!another) return row
  throw new Conflict(`Several ${naming.nouns[1]} fit ${name}.`, {
    hint: `Give the id: ${firstFew(rows.map(({id, tenant}) => `${id} (${tenant ?? '-'})`))}`,
    details: rows,
  })
}

function unknown<Row>(missing: readonly string[], {noun, nouns: [one, several], hint}: Naming<Row>): UnknownNames {
  return new UnknownNames(missing.length === 1 ? one : several, missing, {hint, ...soughtOf(missing, noun)})
}
