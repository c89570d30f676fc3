import type {Json} from '../db/schema/json.ts'
import {UsageError} from '../rules/errors.ts'

/** Takes a value for what it should be. @throws UsageError that says where it is something else */
export type Shape<T> = (value: Json | undefined, at: string) => T

type Columns = Readonly<Record<string, Json>>

/** A JSON text of some shape. @param at where the text stands: `plan.json line 3` */
export function parseShape<T>(json: string, shape: Shape<T>, at: string): T {
  return shape(parseJson(json, at), `${at}:`)
}

function parseJson(json: string, at: string): Json {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new UsageError(`${at} is no JSON.`, {cause})
  }
}

export const text: Shape<string> = (value, at) => {
  if (typeof value === 'string') return value
  throw malformed(at, 'a text')
}

export const integer: Shape<number> = (value, at) => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw malformed(at, 'a whole number')
}

export const moment: Shape<string> = (value, at) => {
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value
  throw malformed(at, 'a time')
}

export const record: Shape<Columns> = (value, at) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw malformed(at, 'an object')
}

/** An object, made of its fields, which `take` takes one by one. */
export function object<T>(make: (take: <F>(name: string, shape: Shape<F>) => F) => T): Shape<T> {
  return (value, at) => {
    const fields = record(value, at)
    return make((name, shape) => shape(fields[name], at.endsWith(':') ? `${at} ${name}` : `${at}.${name}`))
  }
}

export function listOf<T>(each: Shape<T>): Shape<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw malformed(at, 'a list')
    return value.map((item, index) => each(item, `${at}[${index}]`))
  }
}

export function recordOf<T>(each: Shape<T>): Shape<Record<string, T>> {
  return (value, at) =>
    Object.fromEntries(Object.entries(record(value, at)).map(([name, item]) => [name, each(item, `${at}.${name}`)]))
}

export function oneOf<T extends string>(all: readonly T[]): Shape<T> {
  return (value, at) => {
    const one = all.find((known) => known === value)
    if (one !== undefined) return one
    const few = all.length === 1 ? `${all[0]}` : `one of ${all.join(', ')}`
    throw malformed(at, all.length > mostListed ? `one that there is, not ${JSON.stringify(value ?? null)}` : few)
  }
}

const mostListed = 9

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => (value === null ? null : shape(value, at))
}

/** A field that may be left out: nothing then, else what `made` makes of it. */
export function optional<T, Made extends object>(shape: Shape<T>, made: (value: T) => Made): Shape<Made | undefined> {
  return (value, at) => (value === undefined ? undefined : made(shape(value, at)))
}

export function malformed(at: string, should: string): UsageError {
  return new UsageError(`${at} should be ${should}.`)
}
