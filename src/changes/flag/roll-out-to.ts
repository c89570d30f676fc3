import {getFlag} from '../../queries/flag/find.ts'
import type {FlagRow} from '../../queries/flag/list.ts'
import {getTenants} from '../../queries/tenant/find-many.ts'
import {rolloutBucket} from '../../rules/rollout.ts'
import type {Change} from '../plan.ts'
import {counted} from '../wording.ts'
import {edit} from './edit.ts'

/** A tenant that a greater share of tenants reaches. */
interface ReachedTenant {
  tenant: string | null
  /** 0 to 99: the share must be greater. */
  bucket: number
  tenant_id: string
}

/**
 * Rolls a flag out to the least share of tenants that reaches all of these, named in whatever way; never to less than it
 * is. The platform gives a flag to no tenant by name (rules/rollout.ts): others get it as well.
 */
export const rollOutTo: Change<{key: string; tenants: readonly string[]}, ReachedTenant> = {
  permission: 'flags.write',
  grade: 'moderate',
  plan: async (db, {key, tenants: names}, operator) => {
    const flag = await getFlag(db, key)
    const tenants = (await getTenants(db, names)).map(({id, name}) => {
      return {tenant: name, bucket: rolloutBucket(key, id), tenant_id: id}
    })
    const reached = tenants.filter(({bucket}) => bucket >= flag.rollout)
    const percentage = reached.reduce((most, {bucket}) => Math.max(most, bucket + 1), flag.rollout)
    const told = {headline: headlineOf(flag, percentage, tenants.length), warnings: warningsOf(flag, percentage)}
    const plan = edit(flag, {rollout_percentage: percentage}, reached.length > 0, operator, told)
    return {...plan, effects: reached}
  },
}

function headlineOf({key, rollout}: FlagRow, percentage: number, many: number): string {
  const all = many === 1 ? 'the tenant named' : `all ${counted(many, 'tenant')} named`
  if (percentage === rollout) return `${key} reaches ${all} at ${rollout} % already.`
  return `Roll ${key} out to ${percentage} % of tenants, from ${rollout} %, the least that reaches ${all}.`
}

function warningsOf({enabled, rollout}: FlagRow, percentage: number): string[] {
  const others = `Others get it as well: it is for ${percentage} % of all tenants, not for those named alone.`
  return [
    ...(percentage === rollout ? [] : [others]),
    ...(enabled ? [] : ['It is disabled: nobody gets it until pm flags enable.']),
  ]
}
