import type {SpfResult, Verdict} from '../dns/spf/verdict.ts'
import type {Section} from '../output/detail.ts'
import type {Tone} from '../output/view.ts'

const tones: Readonly<Record<SpfResult, Tone>> = {
  pass: 'good',
  neutral: 'warn',
  none: 'bad',
  softfail: 'bad',
  fail: 'bad',
  temperror: 'warn',
  permerror: 'bad',
}

/** What SPF says of an address, and the terms that were looked at on the way. */
export function spfSections(ip: string, {result, path, reason, lookups, voids, trace}: Verdict): Section[] {
  return [
    {
      lines: [
        {text: `${ip}: ${result}`, tone: tones[result]},
        ...(path.length > 0 ? [`by ${path.map(({term}) => term).join(' → ')}`] : []),
        ...(reason === null ? [] : [reason]),
        {text: `${lookups} of 10 look-ups, ${voids} of 2 that find nothing`, tone: 'dim'},
      ],
    },
    {
      title: 'Term by term',
      lines: trace.map(({depth, term, outcome}) => ({
        text: `${'  '.repeat(depth)}${term}: ${outcome}`,
        ...(outcome === 'match' ? {tone: 'good' as const} : {}),
      })),
    },
  ]
}
