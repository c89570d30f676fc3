import {quoted} from '../../rules/shell-word.ts'
import type {ResourceRecord} from '../answer.ts'
import {isDmarc} from '../dmarc/parse-record.ts'
import type {Finding, Fix} from '../finding.ts'
import type {Expectation} from '../records/expectation.ts'
import {matchers} from '../records/matchers.ts'
import {isSpfRecord} from '../spf/parse-record.ts'

/**
 * The finding, with what is left to do in pm once its fix is published. What is published already is no fix: then the
 * stored record is what has to be mended.
 * @param domain as `queryName` gives it
 */
export function withCommand<One extends Finding>(finding: One, domain: string, stored: readonly Expectation[]): One {
  const {fix} = finding
  if (fix === null) return finding
  return {...finding, fix: isPublished(fix, finding) ? null : {...fix, command: commandAfter(fix, domain, stored)}}
}

function isPublished({value}: Fix, {live}: Finding): boolean {
  const sources = live.filter(({authoritative}) => authoritative)
  return sources.length > 0 && sources.every(({records}) => records.length === 1 && records[0] === value)
}

function commandAfter(fix: Fix, domain: string, stored: readonly Expectation[]): string | null {
  const expected = stored.find((expectation) => wouldBeRight(expectation, fix))
  if (expected?.record.needs_deployment) return deployed(domain, expected)
  return expected ? `pm domain watch ${quoted(domain)}` : expecting(fix, domain)
}

/** Once published, is it what is stored? For a type other than TXT only what is stored is ever proposed. */
function wouldBeRight({name, type, record}: Expectation, fix: Fix): boolean {
  if (name !== fix.name || type !== fix.type) return false
  const text: ResourceRecord<'TXT'> = {name, type: 'TXT', ttl: fix.ttl, data: Buffer.from(fix.value).toString('latin1')}
  return type !== 'TXT' || matchers[record.record_type]([text], {record, name}) === 'right'
}

function deployed(domain: string, {record: {selector}}: Expectation): string {
  const which = selector ? ` --selector ${quoted(selector)}` : ''
  return `pm domain deployed ${quoted(domain)}${which}`
}

/** What is not stored, or another there, is stored: else the next check would not know of it, or call it wrong. */
function expecting({name, type, value}: Fix, domain: string): string | null {
  const kind = type !== 'TXT' ? null : isSpfRecord(value) ? 'SPF' : isDmarc(value) ? 'DMARC' : null
  if (kind === null || (name !== domain && !name.endsWith(`.${domain}`))) return null
  const host = name === domain ? '@' : name.slice(0, -domain.length - 1)
  return `pm domain records set ${quoted(domain)} ${kind} ${quoted(host)} --value ${quoted(value)}`
}
