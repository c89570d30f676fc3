import {firstFew} from '../../rules/first-few.ts'
import type {Lookup} from '../answer.ts'
import type {Finding} from '../finding.ts'
import {liveAnswer, textOf} from '../live-answer.ts'
import {quote} from '../quote.ts'
import type {Report} from '../report.ts'
import type {DmarcCode} from './kinds.ts'
import type {Published} from './own-record.ts'
import {looksLikeDmarc, whyNotDmarc} from './parse-record.ts'

/** Why a domain has no usable record of its own: what is there instead, and where the record may have gone. */
export async function whyAbsent(lookup: Lookup, report: Report<DmarcCode>, published: Published): Promise<Finding[]> {
  const {domain, name, texts, count} = published
  if (count > 1) {
    return [
      report('DMARC_MULTIPLE', `${count} DMARC records are at ${name}; receivers discard them all. Keep one.`, effects),
    ]
  }
  const stray = await Promise.all([
    misplaced(lookup, report, domain, name),
    misplaced(lookup, report, `dmarc.${domain}`, name),
  ])
  const meant = texts.filter(looksLikeDmarc)
  const given = texts.length > 0 ? await wildcardTexts(lookup, domain) : []
  const spf = texts.filter((text) => /^v=spf1( |$)/i.test(text) && !given.includes(text))
  const others = texts.filter((text) => !meant.includes(text) && !spf.includes(text))
  return [
    ...meant
      .slice(0, mostShown)
      .map((text) => report('DMARC_SYNTAX', `${quote(text)} is not taken for DMARC. ${whyNotDmarc(text)}`, effects)),
    ...(spf.length > 0
      ? [
          report(
            'DMARC_SPF_FOUND',
            `${firstFew(spf.map(quote))} ${spf.length === 1 ? `is at ${name}. It belongs` : `are at ${name}. They belong`} at ${domain}.`,
            effects,
          ),
        ]
      : []),
    ...(others.length > 0 ? [unrelated(report, published, others, given)] : []),
    ...stray.flat(),
  ]
}

/** Each comes with all that is there: more say nothing new. */
const mostShown = 5

const effects = {cause_of: ['DMARC_MISSING']} as const

async function misplaced(lookup: Lookup, report: Report<DmarcCode>, at: string, name: string): Promise<Finding[]> {
  const answer = await lookup(at, 'TXT')
  if (answer.outcome !== 'found') return []
  const text = answer.records.map(({data}) => textOf(data)).find(looksLikeDmarc)
  if (text === undefined) return []
  const message = `${quote(text)} is at ${at}, where nobody looks. It must be at ${name}.`
  return [report('DMARC_AT_APEX', message, {...effects, live: [liveAnswer(answer)]})]
}

/** What the zone gives for every name that is not there, also an SPF record that belongs where it is. */
async function wildcardTexts(lookup: Lookup, domain: string): Promise<string[]> {
  const answer = await lookup(`*.${domain}`, 'TXT')
  return answer.outcome === 'found' ? answer.records.map(({data}) => textOf(data)) : []
}

function unrelated(
  report: Report<DmarcCode>,
  {domain, name}: Published,
  texts: readonly string[],
  given: readonly string[],
): Finding {
  const what = `${firstFew(texts.map(quote))} at ${name} is no DMARC record`
  const message = texts.every((text) => given.includes(text))
    ? `${what}: it is what the wildcard *.${domain} gives for every name that is not there.`
    : `${what}. If it was not put there by hand, a wildcard of the zone gives it.`
  return report('DMARC_UNRELATED_TXT', message, effects)
}
