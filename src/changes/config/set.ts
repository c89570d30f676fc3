import type {Json} from '../../db/schema/json.ts'
import {findClearConfig, getClearConfig} from '../../queries/config/find.ts'
import {ownKeys} from '../../rules/config-key.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Change, Columns, RowChange} from '../plan.ts'

export interface SetConfigInput {
  key: string
  value: Json
  /** What is left out stays as it is; of a new key it is null or false. */
  description?: string | undefined
  category?: string | undefined
  sensitive?: boolean | undefined
  /** Whether the value came in the open, as an argument. A sensitive one must not. */
  inTheOpen: boolean
}

const table = 'public.system_config'

/** Sets a configuration value, new or not. */
export const setConfig: Change<SetConfigInput> = {
  permission: 'config.write',
  grade: 'moderate',
  plan: async (db, input, {user_id: updated_by}) => {
    const known = await findClearConfig(db, input.key)
    const after = afterwards(input, known ?? fresh(input.key))
    if (after.is_sensitive) assertUnseen(input, known)
    const row: RowChange = {
      table,
      label: `config ${input.key}`,
      key: {key: input.key},
      before: known ? columns(known) : null,
      after: {...(known ? {} : {key: input.key}), ...after, updated_by},
    }
    const same = known !== undefined && isSame(columns(known), after)
    return {
      headline: known ? `Set ${input.key}.` : `Set ${input.key}, a new key.`,
      subject: input.key,
      targets: [`config:${input.key}`],
      rows: same ? [] : [row],
      effects: [],
      warnings: known ? warningsOf(known, after) : [],
    }
  },
}

/** Takes a configuration key away; the platform falls back to its own default. */
export const unsetConfig: Change<{key: string}> = {
  permission: 'config.write',
  grade: 'severe',
  plan: async (db, {key}) => {
    const known = await getClearConfig(db, key)
    return {
      headline: `Take ${key} away.`,
      subject: key,
      targets: [`config:${key}`],
      rows: [{table, label: `config ${key}`, key: {key}, before: columns(known), after: null}],
      effects: [],
      warnings: known.is_sensitive
        ? ['Its value is secret: the record does not keep it, and this cannot be undone.']
        : [],
    }
  },
}

type Known = {value: Json | null; description: string | null; category: string | null; is_sensitive: boolean}

function afterwards(input: SetConfigInput, known: Omit<Known, 'value'>): Columns & {is_sensitive: boolean} {
  return {
    value: input.value,
    description: input.description ?? known.description,
    category: input.category ?? known.category,
    is_sensitive: input.sensitive ?? known.is_sensitive,
  }
}

// What pm itself reads says what it is, also once it is set.
function fresh(key: string): Omit<Known, 'value'> {
  const {description = null, category = null} = ownKeys[key] ?? {}
  return {description, category, is_sensitive: false}
}

function columns({value, description, category, is_sensitive}: Known): Columns {
  return {value, description, category, is_sensitive}
}

/** @throws Conflict for a secret that others have seen: as an argument, or as a value that was none so far */
function assertUnseen({key, value, inTheOpen}: SetConfigInput, known: Known | undefined): void {
  if (inTheOpen) throw openSecret(key)
  if (known && !known.is_sensitive && known.value !== null && isSame(known.value, value)) throw knownSecret(key)
}

function warningsOf(known: Known, after: {is_sensitive: boolean}): string[] {
  if (known.is_sensitive === after.is_sensitive) return []
  if (known.is_sensitive) return ['The value will be readable to everybody with config.read.']
  if (known.value === null) return []
  return [
    'The former value was kept and shown in clear until now. pm masks it from here on, but whoever saw it knows it: change it at its source.',
  ]
}

function isSame(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function knownSecret(key: string): Conflict {
  return new Conflict(`${key} has this value already, kept and shown in clear: it is no secret any more.`, {
    hint: `Change it at its source, and then give the new one: pm config set ${key} - --sensitive`,
  })
}

function openSecret(key: string): Conflict {
  return new Conflict(`${key} is sensitive, and arguments are seen in process lists and shell histories.`, {
    hint: `Give the value on stdin: pm config set ${key} -`,
  })
}
