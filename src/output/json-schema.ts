import {fieldNames} from './fields.ts'
import type {Field, Kind, View} from './view.ts'

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
export function rowSchema<Row extends object>(view: View<Row>): JsonSchema {
  const names = fieldNames(view)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: view.noun,
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, fieldSchema(view.fields[name])])),
    required: names,
    additionalProperties: false,
  }
}

function fieldSchema({kind, nullable = false, values}: Pick<Field<never>, 'kind' | 'nullable' | 'values'>): JsonSchema {
  const {type, ...rest} = ofKind[kind]
  if (type === undefined) return rest
  return {type: nullable ? [type, 'null'].flat() : type, ...rest, ...allowed(kind, nullable, values)}
}

function allowed(kind: Kind, nullable: boolean, values: readonly string[] | undefined): JsonSchema {
  if (!values) return {}
  if (kind === 'list') return {items: {enum: values}}
  return {enum: nullable ? [...values, null] : values}
}
