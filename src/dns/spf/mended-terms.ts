import {meantBy} from './meant-term.ts'
import {parseRecord} from './parse-record.ts'
import type {Term} from './record.ts'

export interface MendedTerms {
  /** In the order of the record, with those that were probably meant in the place of those that are written wrong. */
  terms: readonly Term[]
  mended: readonly {from: string; to: string}[]
  /** What could not be mended: nobody can tell what it means. */
  unread: readonly string[]
}

/** Reads a record as its owner probably meant it. */
export function mendedTerms(record: string): MendedTerms {
  const {terms, problems} = parseRecord(record)
  const slips = problems.flatMap(({at, term, instead}) => (instead === null ? [] : [{at, from: term, to: instead}]))
  const traps = terms.flatMap((term) => {
    const to = meantBy(term)
    return to === null ? [] : [{at: term.at, from: term.text, to}]
  })
  const mended = [...slips, ...traps].filter(({to}) => meant(to, 0).length > 0)
  const right = terms.filter(({at}) => mended.every((slip) => slip.at !== at))
  return {
    terms: [...right, ...mended.flatMap(({to, at}) => meant(to, at))].sort((a, b) => a.at - b.at),
    mended: mended.map(({from, to}) => ({from, to})),
    unread: problems.filter(({at}) => mended.every((slip) => slip.at !== at)).map(({term}) => term),
  }
}

function meant(text: string, at: number): Term[] {
  const {terms, problems} = parseRecord(`v=spf1 ${text}`)
  return problems.length > 0 ? [] : terms.map((term) => ({...term, at}))
}
