import type {AnyView, Field, Kind} from './view.ts'

/** A JSON schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>

const ofKind: Readonly<Record<Kind, JsonSchema>> = {
  text: {type: 'string'},
  integer: {type: 'integer'},
  // PostgreSQL's numeric arrives as a string, because a JSON number would lose digits.
  decimal: {type: ['number', 'string'], pattern: '^-?[0-9]+(\\.[0-9]+)?$'},
  boolean: {type: 'boolean'},
  timestamp: {type: 'string', format: 'date-time'},
  json: {},
  list: {type: 'array'},
}

/** The JSON schema (draft 2020-12) of one row in machine formats. */
export function rowSchema(view: AnyView): JsonSchema {
  return {$schema: 'https://json-schema.org/draft/2020-12/schema', ...objectSchema(view)}
}

function objectSchema({noun, fields}: AnyView): JsonSchema {
  return {
    title: noun,
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
    required: Object.keys(fields),
    additionalProperties: false,
  }
}

function fieldSchema(field: Field<never>): JsonSchema {
  const {kind, nullable = false, values, rows, record} = field
  const {type, ...rest} = rows
    ? {type: 'array', items: itemsSchema(rows)}
    : record
      ? objectSchema(record)
      : ofKind[kind]
  if (type === undefined) return rest
  return {type: nullable ? [type, 'null'].flat() : type, ...rest, ...allowed(kind, nullable, values)}
}

function itemsSchema(rows: AnyView | readonly AnyView[]): JsonSchema {
  return 'fields' in rows ? objectSchema(rows) : {anyOf: rows.map(objectSchema)}
}

function allowed(kind: Kind, nullable: boolean, values: readonly string[] | undefined): JsonSchema {
  if (!values) return {}
  if (kind === 'list') return {items: {enum: values}}
  return {enum: nullable ? [...values, null] : values}
}
