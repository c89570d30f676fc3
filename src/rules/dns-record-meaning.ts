import {isIP} from 'node:net'
import {type DnsRecordType, type ExpectedRecord, selectorOf} from './dns-record.ts'
import {type DocumentProblem, isHostName} from './dns-record-fields.ts'

/** What is wrong between the fields of a record, each of which is right by itself. */
export function meaningProblems(record: ExpectedRecord, at: string): DocumentProblem[] {
  return rules[record.record_type](record).map(([field, message]) => ({at: `${at}.${field}`, message}))
}

type Said = [field: keyof ExpectedRecord, message: string]

const rules: Readonly<Record<DnsRecordType, (record: ExpectedRecord) => Said[]>> = {
  SPF: ({value}) => (/^v=spf1(?: |$)/i.test(value) ? [] : [['value', 'must begin with v=spf1']]),
  DKIM: (record) => [...dkimName(record), ...dkimKey(record)],
  DMARC: (record) => [
    ...(/^v=DMARC1\s*(?:;|$)/.test(record.value) ? [] : [['value', 'must begin with v=DMARC1'] satisfies Said]),
    ...(/^_dmarc(?:\.|$)/i.test(record.name) ? [] : [['name', 'must be _dmarc, or begin with _dmarc.'] satisfies Said]),
    ...dmarcPolicy(record),
  ],
  MX: ({value, priority}) => [
    ...hostValue(value),
    ...(typeof priority === 'number' ? [] : [['priority', 'must be given for an MX'] satisfies Said]),
  ],
  A: ({value}) => (isIP(value) === 4 ? [] : [['value', 'must be an IPv4 address']]),
  AAAA: ({value}) => (isIP(value) === 6 ? [] : [['value', 'must be an IPv6 address']]),
  CNAME: ({name, value}) => [
    ...hostValue(value),
    ...(name === '@' ? [['name', 'must not be @: the domain itself cannot be an alias'] satisfies Said] : []),
  ],
}

function hostValue(value: string): Said[] {
  return value === '.' || (isHostName(value) && isIP(value) === 0) ? [] : [['value', 'must be the name of a host']]
}

function dkimName(record: ExpectedRecord): Said[] {
  const selector = selectorOf(record)
  if (selector === undefined) return [['name', 'must be SELECTOR._domainkey']]
  const start = `${selector}._domainkey`.toLowerCase()
  const name = record.name.toLowerCase()
  return name === start || name.startsWith(`${start}.`) ? [] : [['name', `must be ${start}, as the selector says`]]
}

function dkimKey({value, public_key: key}: ExpectedRecord): Said[] {
  const published = tagOf(value, 'p')
  if (published === undefined) return [['value', 'must have the public key in p=']]
  if (published === '') return [['value', 'must not have an empty p=, which revokes the key']]
  const same = key === undefined || key === null || key.includes('-----') || squeezed(key) === published
  return same ? [] : [['public_key', 'must be the p= of the value']]
}

function dmarcPolicy({value, policy}: ExpectedRecord): Said[] {
  const published = tagOf(value, 'p')
  if (policy === undefined || policy === null || published?.toLowerCase() === policy) return []
  return [['policy', 'must be the p= of the value']]
}

/** The value of a tag in `a=1; b=2`, without white space. */
export function tagOf(text: string, tag: string): string | undefined {
  const part = text.split(';').find((piece) => piece.trim().startsWith(`${tag}=`) || piece.trim().startsWith(`${tag} `))
  return part === undefined ? undefined : squeezed(part.slice(part.indexOf('=') + 1))
}

function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, '')
}
