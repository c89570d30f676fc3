import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getFlag} from '../../queries/flag/find.ts'
import type {FlagRow} from '../../queries/flag/list.ts'
import type {Change, Columns, Plan, RowChange} from '../plan.ts'

const table = 'public.feature_flags'

/** Switches a flag on or off; its share of tenants stays as it is. */
export const switchFlag: Change<{key: string; on: boolean}> = {
  permission: 'flags.write',
  grade: 'moderate',
  plan: async (db, {key, on}, operator) => {
    const flag = await getFlag(db, key)
    const nobody = on && flag.rollout === 0 ? ['Its rollout is 0 %: nobody gets it until pm flags rollout.'] : []
    return edit(flag, {is_enabled: on}, flag.enabled !== on, operator, {
      headline: on ? `Enable ${key} for ${flag.rollout} % of tenants.` : `Disable ${key} for everybody.`,
      warnings: nobody,
    })
  },
}

/** Sets the share of tenants that get a flag while it is enabled. */
export const rollOutFlag: Change<{key: string; percentage: number}> = {
  permission: 'flags.write',
  grade: 'moderate',
  plan: async (db, {key, percentage}, operator) => {
    const flag = await getFlag(db, key)
    return edit(flag, {rollout_percentage: percentage}, flag.rollout !== percentage, operator, {
      headline: `Roll ${key} out to ${percentage} % of tenants, from ${flag.rollout} %.`,
      warnings: flag.enabled ? [] : ['It is disabled: nobody gets it until pm flags enable.'],
    })
  },
}

/** Deletes a flag; code that still asks for it gets its default. */
export const deleteFlag: Change<{key: string}> = {
  permission: 'flags.write',
  grade: 'severe',
  plan: planDelete,
}

/** The plan to change the row of a flag, if that changes anything; it says by whom. */
export function edit(
  flag: FlagRow,
  after: Columns,
  changes: boolean,
  {user_id: updated_by}: Operator,
  {headline, warnings}: Pick<Plan, 'headline' | 'warnings'>,
): Plan {
  const before = {is_enabled: flag.enabled, rollout_percentage: flag.rollout}
  const row: RowChange = {table, label: `flag ${flag.key}`, key: {id: flag.id}, before, after: {...after, updated_by}}
  return {headline, subject: flag.key, targets: [`flag:${flag.key}`], rows: changes ? [row] : [], effects: [], warnings}
}

async function planDelete(db: Reader, {key}: {key: string}): Promise<Plan> {
  const flag = await getFlag(db, key)
  return {
    headline: `Delete the flag ${key}.`,
    subject: key,
    targets: [`flag:${key}`],
    rows: [
      {
        table,
        label: `flag ${key}`,
        key: {id: flag.id},
        before: {key, is_enabled: flag.enabled, rollout_percentage: flag.rollout, description: flag.description},
        after: null,
      },
    ],
    effects: [],
    warnings: flag.enabled && flag.rollout > 0 ? [`It is on for ${flag.rollout} % of tenants now.`] : [],
  }
}
