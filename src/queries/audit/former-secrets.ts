import {sql} from 'kysely'
import {readRaw} from '../../db/read-raw.ts'
import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {differs, mask, maskedDifference} from '../../rules/mask.ts'

interface Image {
  table_name: string
  before: Json
  after: Json
}

/**
 * Images of configuration, with the values masked of keys that became sensitive after they were recorded: what was no
 * secret then may be one now. Of others the images are as the database masked them.
 */
export async function maskFormerSecrets<Row extends Image>(db: Reader, images: readonly Row[]): Promise<Row[]> {
  const keys = [...new Set(images.flatMap(keyOf))]
  const secret = keys.length === 0 ? new Set() : await everSensitive(db, keys)
  return images.map((image) => (keyOf(image).some((key) => secret.has(key)) ? masked(image) : image))
}

/** Those of the keys that are sensitive, or were when somebody changed them. */
async function everSensitive(db: Reader, keys: readonly string[]): Promise<Set<string>> {
  const rows = await readRaw(
    db,
    sql<{key: string}>`
      select key from system_config where is_sensitive and key = any(${sql.val([...keys])}::text[])
      union select coalesce(i.after, i.before) ->> 'key' from pm.change_targets g
        join pm.row_images i on i.change_id = g.change_id and i.table_name = 'public.system_config'
        where g.target = any(${sql.val(keys.map((key) => `config:${key}`))}::text[])
          and (i.before -> 'is_sensitive' = 'true' or i.after -> 'is_sensitive' = 'true')`,
  )
  return new Set(rows.map(({key}) => key))
}

function masked<Row extends Image>({before, after, ...image}: Row): Row {
  return {...image, before: hidden(before, after), after: hidden(after, before)} as Row
}

function hidden(image: Json, other: Json): Json {
  if (!isColumns(image) || image.value === null || image.value === undefined) return image
  if (image.value === mask || image.value === maskedDifference) return image
  const changed = isColumns(other) && differs(other.value ?? null, image.value)
  return {...image, value: changed ? maskedDifference : mask}
}

function keyOf({table_name, before, after}: Image): string[] {
  const image = isColumns(after) ? after : before
  return table_name === 'public.system_config' && isColumns(image) && typeof image.key === 'string' ? [image.key] : []
}

function isColumns(image: Json): image is {[column: string]: Json} {
  return typeof image === 'object' && image !== null && !Array.isArray(image)
}
