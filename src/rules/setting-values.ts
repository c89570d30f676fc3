import {UsageError} from './errors.ts'
import {knownTimeZone} from './time-zone.ts'

/** What a setting can be. */
export type SettingValue = string | number | boolean | {[part: string]: string}

/** A kind of setting: how its text is read, and how that is said to who got it wrong. */
export interface SettingKind {
  /** In words, behind “takes”: `a whole number from 8 to 128`. */
  takes: string
  /** Undefined where the text is no such thing. */
  read(text: string): SettingValue | undefined
  /** All that it can be, where that is few. */
  values?: readonly string[]
}

const answers = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
])

export const yesOrNo: SettingKind = {takes: 'true or false', read: (text) => answers.get(text.toLowerCase())}

export function wholeNumber(min: number, max: number): SettingKind {
  return {
    takes: `a whole number from ${min} to ${max}`,
    read: (text) => {
      const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
      return number >= min && number <= max ? number : undefined
    },
  }
}

export function oneOf(values: readonly string[]): SettingKind {
  return {takes: `one of ${values.join(', ')}`, values, read: (text) => values.find((value) => value === text)}
}

/** As in CSS, in six digits: the column has room for no more. */
export const hexColor: SettingKind = {
  takes: 'a colour such as #0b5fff',
  read: (text) => (/^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : undefined),
}

export const timeZone: SettingKind = {
  takes: 'an IANA time zone such as Europe/Paris or UTC',
  read: (text) => (text.length <= 50 ? knownTimeZone(text) : undefined),
}

/** Sizes of RFC 5321 §4.5.3.1; quoted local parts are nobody's billing address. */
export const emailAddress: SettingKind = {
  takes: 'an e-mail address such as billing@acme.example',
  read: (text) =>
    text.length <= 254 && /^[^\s@"(),:;<>[\\\]\p{C}]{1,64}@[^\s@.\p{C}]+(\.[^\s@.\p{C}]+)+$/u.test(text)
      ? text
      : undefined,
}

export const httpsUrl: SettingKind = {
  takes: 'an https URL of at most 500 characters, without a password',
  read: (text) => {
    const isPlain = text.length <= 500 && text.startsWith('https://') && !/[\s\p{C}]/u.test(text)
    const url = isPlain ? URL.parse(text) : null
    return url?.username === '' && url.password === '' ? text : undefined
  },
}

const dateParts = [
  ['YYYY', 'YY'],
  ['MMMM', 'MMM', 'MM', 'M'],
  ['DD', 'D'],
]

/** The year, the month and the day, each once, in any order. */
export const dateFormat: SettingKind = {
  takes: 'a date format such as YYYY-MM-DD or DD/MM/YYYY',
  read: (text) => {
    const parts = text.split(/[-./ ]/)
    const kinds = parts.map((part) => dateParts.findIndex((forms) => forms.includes(part))).sort()
    return text.length <= 20 && kinds.join() === '0,1,2' ? text : undefined
  },
}

const optionalParts = ['line2', 'city', 'state', 'postal_code']
const addressParts = ['line1', ...optionalParts, 'country']

/** An address as Stripe has them (Stripe API, Customer, `address`). */
export const postalAddress: SettingKind = {
  takes: `a JSON object of texts: line1, country (two capital letters) and perhaps ${optionalParts.join(', ')}`,
  read: (text) => {
    const address = readTexts(text)
    if (!address || Object.keys(address).some((part) => !addressParts.includes(part))) return undefined
    return address.line1 !== undefined && /^[A-Z]{2}$/.test(address.country ?? '') ? address : undefined
  },
}

function readTexts(text: string): Record<string, string> | undefined {
  const parsed = parseJson(text)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
  const entries = Object.entries(parsed).flatMap(([part, value]): [string, string][] =>
    typeof value === 'string' && value.trim() !== '' && value.length <= 200 && !/\p{Cc}/u.test(value)
      ? [[part, value]]
      : [],
  )
  return entries.length === Object.keys(parsed).length ? Object.fromEntries(entries) : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @throws UsageError saying what the setting takes. */
export function readSetting(name: string, {takes, read, values = []}: SettingKind, text: string): SettingValue {
  const value = read(text)
  if (value !== undefined) return value
  throw new UsageError(`${name} cannot be “${text.slice(0, 500)}”.`, {
    hint: `It takes ${takes}.`,
    details: {setting: name, value: text},
    sought: {name: text, among: values},
  })
}
