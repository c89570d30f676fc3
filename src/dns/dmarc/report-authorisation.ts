import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import type {Finding} from '../finding.ts'
import {fixOf} from '../fix.ts'
import {liveAnswer, textOf} from '../live-answer.ts'
import {type About, reportOn} from '../report.ts'
import {dmarcKinds} from './kinds.ts'
import {suffixOrganisation} from './organisation.ts'
import {isDmarc, parseDmarc} from './parse-record.ts'
import type {DmarcRecord} from './record.ts'

/** Somebody outside the organisation who is to get reports. */
export interface ReportDestination {
  domain: string
  /** Whether it publishes that it wants them; null where that could not be learned. */
  authorised: boolean | null
  finding: Finding | null
}

/**
 * Asks every outside domain that is to get reports whether it wants them (RFC 9990 §4, RFC 7489 §7.1).
 * @param from the domain whose record lists the addresses
 */
export async function reportDestinations(
  lookup: Lookup,
  from: string,
  {rua, ruf}: DmarcRecord,
  about: About,
): Promise<ReportDestination[]> {
  const domains = new Set([...rua, ...ruf].flatMap(({domain, problem}) => (domain && problem === null ? [domain] : [])))
  const own = await suffixOrganisation(from)
  const outside: string[] = []
  for (const domain of domains) {
    if (domain !== from && (await suffixOrganisation(domain)) !== (own ?? from)) outside.push(domain)
  }
  return Promise.all(outside.map((domain) => destination(lookup, from, domain, about)))
}

async function destination(lookup: Lookup, from: string, domain: string, about: About): Promise<ReportDestination> {
  const name = `${from}._report._dmarc.${domain}`
  const here = {...about, name, type: 'TXT', expected: 'v=DMARC1'} as const
  const answer = await lookup(name, 'TXT')
  if (answer.outcome === 'failed') return {domain, authorised: null, finding: couldNotAsk(here, answer)}
  const texts = answer.outcome === 'found' ? answer.records.map(({data}) => textOf(data)) : []
  const records = texts.filter(isDmarc).map(parseDmarc)
  const astray = records.flatMap(({rua}) => rua).find((uri) => uri.domain !== null && uri.domain !== domain)
  if (records.length > 0 && astray === undefined) return {domain, authorised: true, finding: null}
  const report = reportOn(dmarcKinds, () => ({
    ...here,
    live: [liveAnswer(answer)],
    fix: fixOf({name, zone: domain, type: 'TXT', value: 'v=DMARC1', ttl: 3600}),
  }))
  const message = astray
    ? `${domain} sends the reports on to ${astray.domain}, at another domain; receivers then send none at all.`
    : `${domain} has no TXT at ${name}; its owner must add “v=DMARC1” there, or at *._report._dmarc.${domain} for the reports of everybody.`
  return {domain, authorised: false, finding: report('DMARC_RUA_UNAUTHORISED', message)}
}
