import type {MissedItem} from '../../rules/item-outcome.ts'
import {counted} from '../wording.ts'

/** The headline of a plan of many that changes none of them: why not, of how many. */
export function nothingToChange(noun: string, missed: readonly MissedItem[]): string {
  const byOutcome = [...Map.groupBy(missed, ({outcome}) => outcome)]
  const told = byOutcome.map(([outcome, {length}], place) => {
    const many = place === 0 ? counted(length, noun) : length.toLocaleString('en')
    return `${many} ${length === 1 ? 'is' : 'are'} ${states[outcome]}`
  })
  return `Nothing to change: ${told.join(', ') || `no ${noun} matches`}.`
}

const states: Readonly<Record<MissedItem['outcome'], string>> = {
  already: 'so already',
  unknown: 'unknown',
  deleted: 'deleted',
  refused: 'not possible',
  stale: 'not as planned any more',
  failed: 'failed',
}
