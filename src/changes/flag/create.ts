import {randomUUID} from 'node:crypto'
import {findFlag} from '../../queries/flag/find.ts'
import {Conflict} from '../../rules/errors.ts'
import type {Change} from '../plan.ts'

export interface CreateFlagInput {
  key: string
  description: string | null
  enabled: boolean
  percentage: number
}

/** Adds a flag. */
export const createFlag: Change<CreateFlagInput> = {
  permission: 'flags.write',
  grade: 'mild',
  plan: async (db, {key, description, enabled, percentage}, {user_id: updated_by}) => {
    const known = await findFlag(db, key)
    if (known) throw new Conflict(`There is a flag ${key} already.`, {hint: `Look at it: pm flags show ${key}`})
    const id = randomUUID()
    const after = {id, key, description, is_enabled: enabled, rollout_percentage: percentage, updated_by}
    return {
      headline: `Create the flag ${key}, ${enabled ? `on for ${percentage} % of tenants` : 'off'}.`,
      subject: key,
      targets: [`flag:${key}`],
      rows: [{table: 'public.feature_flags', label: `flag ${key}`, key: {id}, before: null, after}],
      effects: [],
      warnings: [],
    }
  },
}
