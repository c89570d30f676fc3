import {durationText} from '../../rules/duration-text.ts'
import type {Answer} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {fixOf} from '../fix.ts'
import {dataText, liveAnswer} from '../live-answer.ts'
import {type Report, reportOn} from '../report.ts'
import {mismatchCodes, missingCodes} from './effects.ts'
import {type Expectation, matchOf} from './expectation.ts'
import {type RecordCode, recordKinds} from './kinds.ts'
import type {Probes} from './probes.ts'
import type {RecordState, Standing} from './state.ts'

/** What there is to say of a record that is not simply right. */
export function recordFindings(
  expectation: Expectation,
  standing: Standing,
  {zone, doubled, wildcard}: Probes & {zone: string},
): readonly Finding[] {
  if (standing.state === 'ok') return []
  const {subject, name, type, value, record} = expectation
  const about = {subject, name, type, expected: value}
  const fix = isLiveSpf(expectation, standing) ? null : fixOf({zone, name, type, value, ttl: record.ttl ?? 3600})
  const report = reportOn(recordKinds, () => ({...about, fix, live: standing.answers.map(liveAnswer)}))
  const telling = {...expectation, ...standing, report}
  if (record.needs_deployment && isWrong(standing.state)) return [notDeployed(telling)]
  if (doubled) return [doubledSuffix(telling, doubled, zone)]
  const own = standing.state === 'unknown' ? unknown(about, standing) : tell[standing.state](telling)
  return wildcard ? [...own, wildcardAnswer(telling)] : own
}

/** An SPF record in the place of another throws the senders of that away: only the family knows one that keeps them. */
function isLiveSpf(expectation: Expectation, {answers}: Standing): boolean {
  const isThere = (answer: Answer) => ['right', 'wrong'].includes(matchOf(expectation, answer) ?? '')
  return expectation.record.record_type === 'SPF' && answers.some(isThere)
}

type Telling = Expectation & Standing & {report: Report<RecordCode>}

const tell: Readonly<Record<Exclude<RecordState, 'ok' | 'unknown'>, (telling: Telling) => Finding[]>> = {
  missing: ({report, name, type, answers}) => {
    const rcode = answers.find((answer) => answer.outcome === 'absent')?.rcode
    const seen = rcode ? ` (${rcode})` : ''
    return [report('REC_MISSING', `No ${type} at ${name} on any of its name servers${seen}.`)]
  },
  mismatch: ({report, name, type, answers, value}) => [
    report('REC_MISMATCH', `${type} at ${name} is ${contentOf(answers.find(isFound))}, expected is ${value}.`),
  ],
  inconsistent: (telling) => [disagreement(telling)],
  propagating: ({report, name, type, answers, wait}) => [
    report(
      'REC_PROPAGATING',
      `${type} at ${name} is right at its name servers; ${whoOf(answers)} still ${have(answers)} the old one${forHowLong(wait)}.`,
      {fix: null, retry_after_s: wait},
    ),
  ],
  'negative-cached': ({report, name, type, answers, wait}) => [
    report(
      'REC_NEGATIVE_CACHED',
      `${type} at ${name} is right at its name servers; ${whoOf(answers)} ${have(answers)} “no such record” in memory${forHowLong(wait)}.`,
      {fix: null, retry_after_s: wait},
    ),
  ],
}

function isWrong(state: RecordState): boolean {
  return state === 'missing' || state === 'mismatch' || state === 'inconsistent'
}

function unknown(
  about: Pick<Finding, 'subject' | 'name' | 'expected'> & {type: Expectation['type']},
  {answers}: Standing,
): Finding[] {
  const failure = answers.find((answer) => answer.outcome === 'failed')
  return failure ? [{...couldNotAsk(about, failure), live: answers.map(liveAnswer)}] : []
}

function disagreement(telling: Telling): Finding {
  const {report, name, type, answers} = telling
  const known = answers.filter((answer) => answer.outcome !== 'failed')
  const wrong = known.filter((answer) => matchOf(telling, answer) !== 'right')
  const list = wrong.map((answer) => `${answer.server} has ${contentOf(answer)}`).join('; ')
  const [count, are] =
    wrong.length === known.length ? ['Every one', 'is'] : [`${wrong.length}`, wrong.length === 1 ? 'is' : 'are']
  return report(
    'NS_INCONSISTENT_RRSET',
    `${count} of the ${known.length} name servers that answer ${are} wrong about ${type} at ${name}: ${list}.`,
    {cause_of: [...missingCodes, ...mismatchCodes]},
  )
}

function notDeployed({report, name, type, state}: Telling): Finding {
  const seen = state === 'missing' ? 'is not there yet' : 'is not the stored one yet'
  return report('REC_NOT_DEPLOYED', `${type} at ${name} ${seen}: the stored value waits for its deployment.`)
}

function doubledSuffix({report, name, type}: Telling, answer: Answer, zone: string): Finding {
  const relative = name === zone ? '@' : name.slice(0, -zone.length - 1)
  return report(
    'REC_DOUBLE_SUFFIX',
    `${type} of ${name} is at ${name}.${zone}: the panel added the zone a second time. Enter “${relative}” as the name.`,
    {live: [liveAnswer(answer)], cause_of: missingCodes},
  )
}

function wildcardAnswer({report, name, type}: Telling): Finding {
  return report('REC_WILDCARD_ANSWER', `${name} has no ${type} of its own: a wildcard of the zone answers for it.`, {
    fix: null,
  })
}

function isFound({outcome}: Answer): boolean {
  return outcome === 'found'
}

function contentOf(answer: Answer | undefined): string {
  if (answer?.outcome !== 'found') return 'nothing'
  return answer.records.map((record) => `“${dataText(record)}”`).join(' and ')
}

function whoOf(answers: readonly Answer[]): string {
  return answers.map(({server}) => server).join(' and ')
}

function have(answers: readonly Answer[]): string {
  return answers.length === 1 ? 'has' : 'have'
}

function forHowLong(wait: number | null): string {
  return wait === null ? '' : ` for ${durationText(wait)}`
}
