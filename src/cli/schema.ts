import {type JsonSchema, rowSchema} from '../output/json-schema.ts'
import {outcomeView} from './outcome.ts'
import type {Output} from './output-shape.ts'
import {plannedView} from './planned.ts'

/** The JSON schema of what a command writes with `-o json`. */
export function outputSchema(output: Output): JsonSchema {
  if ('list' in output) {
    const {$schema, ...items} = rowSchema(output.list)
    return {$schema, type: 'array', items}
  }
  if ('record' in output) return rowSchema(output.record)
  const {fields} = outcomeView
  const effects = output.outcome ? {...fields.effects, rows: output.outcome} : fields.effects
  if (!output.job) return rowSchema({...outcomeView, fields: {...fields, effects}})
  const job = {...fields.job, record: output.job}
  const rows = {...fields.rows, rows: [...[fields.rows.rows ?? []].flat(), plannedView]}
  return rowSchema({...outcomeView, fields: {...fields, effects, rows, job}})
}
