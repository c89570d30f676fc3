import type {SpfResult, Step, Verdict} from '../dns/spf/verdict.ts'
import type {Section} from '../output/detail.ts'
import type {Tone, View} from '../output/view.ts'
import type {CheckOutcome} from '../rules/check-outcome.ts'

/** What SPF says of one sender. */
export interface SpfAnswer extends Verdict {
  domain: string
  ip: string
  helo: string
}

const tones: Readonly<Record<SpfResult, Tone>> = {
  pass: 'good',
  neutral: 'warn',
  none: 'bad',
  softfail: 'bad',
  fail: 'bad',
  temperror: 'warn',
  permerror: 'bad',
}

const stepView: View<Step> = {
  noun: 'term',
  plural: 'terms',
  name: 'term',
  fields: {
    depth: {kind: 'integer'},
    domain: {kind: 'text'},
    term: {kind: 'text'},
    at: {kind: 'integer'},
    outcome: {kind: 'text', values: ['match', 'no match', 'undecided']},
  },
  table: ['domain', 'term', 'outcome'],
}

export const spfVerdictView: View<SpfAnswer> = {
  noun: 'verdict',
  plural: 'verdicts',
  name: 'ip',
  fields: {
    domain: {kind: 'text'},
    ip: {kind: 'text', header: 'IP'},
    helo: {kind: 'text', header: 'HELO'},
    result: {kind: 'text', values: Object.keys(tones), cell: (result) => ({text: result, tone: tones[result]})},
    path: {kind: 'json', rows: stepView},
    reason: {kind: 'text', nullable: true},
    explanation: {kind: 'text', nullable: true},
    lookups: {kind: 'integer', header: 'Look-ups'},
    voids: {kind: 'integer'},
    trace: {kind: 'json', rows: stepView},
  },
  table: ['domain', 'ip', 'result', 'reason'],
}

/** What it means for mail: only pass lets the address send, and a temperror decides nothing. */
export function outcomeOfSpf({result}: Verdict): CheckOutcome {
  if (result === 'pass') return 'ok'
  return result === 'temperror' ? 'unknown' : 'failing'
}

/** What SPF says of an address, and the terms that were looked at on the way. */
export function spfSections(
  ip: string,
  {result, path, reason, explanation, lookups, voids, trace}: Verdict,
): Section[] {
  return [
    {
      lines: [
        {text: `${ip}: ${result}`, tone: tones[result]},
        ...(path.length > 0 ? [`by ${path.map(({term}) => term).join(' → ')}`] : []),
        ...(reason === null ? [] : [reason]),
        ...(explanation === null ? [] : [`The domain says: ${explanation}`]),
        {text: `${lookups} of 10 look-ups, ${voids} of 2 that find nothing`, tone: 'dim'},
      ],
    },
    ...(trace.length === 0 ? [] : [{title: 'Term by term', lines: trace.map(stepLine)}]),
  ]
}

function stepLine({depth, term, outcome}: Step) {
  const text = `${'  '.repeat(depth)}${term}: ${outcome}`
  return outcome === 'match' ? {text, tone: 'good' as const} : text
}
