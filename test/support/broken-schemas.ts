/** A JSON schema, as far as it is a promise to programs: which fields there are, and of which types. */
interface PromisedSchema {
  type?: unknown
  properties?: Record<string, PromisedSchema>
  items?: PromisedSchema
}

/** The schemas of all commands that write data. */
export type PromisedSchemas = Readonly<Record<string, PromisedSchema>>

/** What a reader of the old outputs would miss in the new: fields that went, and fields of another type. */
export function brokenPromises(old: PromisedSchemas, now: PromisedSchemas): string[] {
  return Object.entries(old).flatMap(([command, schema]) => broken(schema, now[command], command))
}

function broken(old: PromisedSchema, now: PromisedSchema | undefined, path: string): string[] {
  if (!now) return [`${path} went`]
  const retyped =
    JSON.stringify(old.type) === JSON.stringify(now.type) ? [] : [`${path} was ${JSON.stringify(old.type)}`]
  const fields = Object.entries(old.properties ?? {}).flatMap(([name, field]) =>
    broken(field, now.properties?.[name], `${path}.${name}`),
  )
  return [...retyped, ...fields, ...(old.items ? broken(old.items, now.items, `${path}[]`) : [])]
}
