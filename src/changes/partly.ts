import {someOf} from '../rules/about-names.ts'
import {PartlyDone} from '../rules/errors.ts'

const shownHints = 5

/** What was done, in sentences, and what of several was left undone, as one. */
export function partly(done: readonly string[], left: readonly PartlyDone[]): PartlyDone {
  const [only, another] = left
  if (only && !another && done.length === 0) return only
  const hints = [...new Set(left.flatMap(({hint}) => hint ?? []))]
  const more =
    hints.length > shownHints
      ? [`… and ${(hints.length - shownHints).toLocaleString('en')} more: -o json has them all.`]
      : []
  return new PartlyDone([...done, someOf(left.map(({message}) => message))].join(' '), {
    ...(hints.length > 0 ? {hint: [...hints.slice(0, shownHints), ...more].join(' ')} : {}),
    details: left.map(({message, details}) => ({message, details})),
  })
}
