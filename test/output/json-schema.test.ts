import {expect, test} from 'vitest'
import {rowSchema} from '../../src/output/json-schema.ts'
import {addressView} from './addresses.ts'

test('describes a row by kinds, nullable fields and allowed values', () => {
  expect(rowSchema(addressView)).toMatchInlineSnapshot(`
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "additionalProperties": false,
      "properties": {
        "assigned_count": {
          "type": "integer",
        },
        "ip": {
          "type": "string",
        },
        "labels": {
          "items": {
            "enum": [
              "eu",
              "us",
            ],
          },
          "type": "array",
        },
        "last_seen": {
          "format": "date-time",
          "type": [
            "string",
            "null",
          ],
        },
        "notes": {},
        "pooled": {
          "type": "boolean",
        },
        "reputation": {
          "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
          "type": [
            "number",
            "string",
            "null",
          ],
        },
        "status": {
          "enum": [
            "active",
            "warming",
            "quarantined",
          ],
          "type": "string",
        },
        "tenant": {
          "type": [
            "string",
            "null",
          ],
        },
      },
      "required": [
        "ip",
        "status",
        "tenant",
        "assigned_count",
        "reputation",
        "pooled",
        "last_seen",
        "labels",
        "notes",
      ],
      "title": "IP",
      "type": "object",
    }
  `)
})

test('allows null among the values of a nullable field', () => {
  const view = {
    noun: 'plan',
    plural: 'plans',
    name: 'tier',
    fields: {tier: {kind: 'text', nullable: true, values: ['free', 'pro']}},
    table: ['tier'],
  } as const
  expect(rowSchema(view)['properties']).toEqual({
    tier: {type: ['string', 'null'], enum: ['free', 'pro', null]},
  })
})
