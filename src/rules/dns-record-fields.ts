import {isIP} from 'node:net'
import {dnsRecordTypes, dnsStatuses, type ExpectedRecord} from './dns-record.ts'

/** What is wrong with a document, and where: `records[2].ttl` `must be …`. */
export interface DocumentProblem {
  at: string
  message: string
}

interface Field {
  holds(value: unknown): boolean
  must: string
}

const fields: Readonly<Record<keyof ExpectedRecord, Field>> = {
  record_type: oneOf(dnsRecordTypes),
  name: {holds: isRecordName, must: 'must be @ or a DNS name, with labels of at most 63 characters'},
  value: {holds: isText, must: 'must be a text without control characters'},
  ttl: wholeNumber(2_147_483_647),
  priority: wholeNumber(65_535),
  mx_hosts: {holds: isAddresses, must: 'must be an array of IP addresses'},
  policy: oneOf(['none', 'quarantine', 'reject']),
  selector: {holds: isSelector, must: 'must be a DKIM selector: letters, digits, hyphens, underscores, dots'},
  public_key: {holds: isText, must: 'must be a text without control characters'},
  managed_by: oneOf(['platform', 'mailu']),
  secret_ref: {holds: isText, must: 'must be a text without control characters'},
  needs_deployment: {holds: (value) => typeof value === 'boolean', must: 'must be true or false'},
  verification_status: oneOf(dnsStatuses),
  last_verified_at: {holds: isMoment, must: 'must be a time in ISO 8601'},
  verification_attempts: wholeNumber(2_147_483_647),
  verification_error: {holds: (value) => typeof value === 'string', must: 'must be a text'},
  ttl_observed: wholeNumber(2_147_483_647),
  source: oneOf(['ui', 'platform', 'api']),
}

const fieldList = Object.entries(fields).map(([name, field]) => ({name, ...field}))

const required: readonly string[] = ['record_type', 'name', 'value']

/** Fields that are missing, or do not hold what they shall. */
export function fieldProblems(record: Readonly<Record<string, unknown>>, at: string): DocumentProblem[] {
  const wrong = fieldList.filter(({name, holds}) => {
    const value = record[name]
    const absent = value === undefined || value === null
    return absent ? required.includes(name) : !holds(value)
  })
  return wrong.map(({name, must}) => ({at: `${at}.${name}`, message: must}))
}

/** Fields that no record has: most often another one misspelt. */
export function unknownFields(record: Readonly<Record<string, unknown>>, at: string): DocumentProblem[] {
  return Object.keys(record)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => ({at: `${at}.${name}`, message: 'is no field of a DNS record'}))
}

function oneOf(values: readonly string[]): Field {
  return {holds: (value) => values.some((known) => known === value), must: `must be one of ${values.join(', ')}`}
}

function wholeNumber(most: number): Field {
  const holds = (value: unknown) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
  return {holds, must: `must be a whole number from 0 to ${most}`}
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && /\S/.test(value) && !/[\0-\x1f\x7f]/.test(value)
}

function isRecordName(value: unknown): boolean {
  return value === '@' || (isText(value) && isHostName(value))
}

/** A name of labels of 1 to 63 printable characters, 253 in all (RFC 1035 §2.3.4); `*` and `_` may be in it. */
export function isHostName(text: string): boolean {
  const name = text.endsWith('.') ? text.slice(0, -1) : text
  return name.length <= 253 && name.split('.').every((label) => /^[^\s@]{1,63}$/u.test(label))
}

function isSelector(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 190 && /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/i.test(value)
}

function isAddresses(value: unknown): boolean {
  return Array.isArray(value) && value.every((address) => typeof address === 'string' && isIP(address) !== 0)
}

function isMoment(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]/.test(value) && !Number.isNaN(Date.parse(value))
}
