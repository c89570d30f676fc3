import type {BulkPlan} from '../changes/job/bulk-plan.ts'
import type {JobItem} from '../changes/job/item.ts'
import type {Plan, RowChange} from '../changes/plan.ts'
import {firstFew} from '../rules/first-few.ts'
import type {MissedItem} from '../rules/item-outcome.ts'
import {type RevocationStep, revocationSteps, stepOfMany} from '../rules/revocation.ts'
import {shownRows} from './show-plan.ts'

/** What the operator sees of many: as of one, what it means, the first rows, warnings; and what is done besides, summed up. */
export function asPlan({items, missed, warnings, ...plan}: BulkPlan): Plan<RevocationStep> {
  // What moves, the flows tell: of each item then the row is shown that it is about.
  const rows = firstRows(items, plan.flows ? 1 : shownRows)
  const outcomes = [...Map.groupBy(missed, ({outcome}) => outcome)].map(leftOut)
  const furtherRows = items.rows - rows.length
  return {...plan, rows, furtherRows, effects: stepsOf(items), warnings: [...outcomes, ...warnings]}
}

function leftOut([outcome, missed]: [MissedItem['outcome'], MissedItem[]]): string {
  const told = [...Map.groupBy(missed.map(toldOf(outcome)), ({what}) => what)].map(([what, same]) => {
    const names = firstFew(same.map(({name}) => name))
    return `${names}${same.length > 1 ? what.replaceAll(singular, (word) => plurals[word] ?? word) : what}`
  })
  return `${missed.length.toLocaleString('en')} left out, ${outcome}: ${firstFew(told, '; ')}.`
}

const singular = /^ (?:is|has|was)(?= )|\bit was\b/g
const plurals: Readonly<Record<string, string>> = {
  ' is': ' are',
  ' has': ' have',
  ' was': ' were',
  'it was': 'they were',
}

// What means nothing says no more than its name. Of others that all say the same it is said once, of all their names.
function toldOf(outcome: MissedItem['outcome']) {
  return ({target, line, reason}: MissedItem): {name: string; what: string} => {
    const said = reason.replace(/\.$/, '')
    const what = outcome === 'unknown' ? '' : (ofIt.exec(said)?.[0] ?? '')
    const name = outcome === 'unknown' ? target : said.slice(0, said.length - what.length)
    return {name: line === undefined ? name : `${name} (line ${line})`, what}
  }
}

// All that is said of a name, from the first of these words on.
const ofIt = / (?:is|has|was|changed) .*$/s

function stepsOf({steps}: BulkPlan['items']): RevocationStep[] {
  return revocationSteps.flatMap((step) => {
    const count = steps.get(step)
    return count === undefined ? [] : stepOfMany(step, count)
  })
}

function firstRows(items: Iterable<JobItem>, ofEach: number): RowChange[] {
  const rows: RowChange[] = []
  for (const item of items) {
    // Whose rows they are, no summary says.
    rows.push(...item.rows.slice(0, ofEach).map(({inEffects: _, ...row}) => row))
    if (rows.length >= shownRows) break
  }
  return rows
}
