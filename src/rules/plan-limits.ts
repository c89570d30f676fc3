import type {Permission} from './permissions.ts'
import {type PlanLimit, planWords} from './plan-columns.ts'

/**
 * The limits whose use stands in this database. Mails, storage and API calls are counted elsewhere (guide: Three-Tier
 * Payment Data Architecture).
 */
export const countedLimits = [
  'max_users',
  'max_domains',
  'max_email_accounts',
  'max_campaigns_per_month',
  'max_contacts',
  'max_warmups',
] as const satisfies readonly PlanLimit[]
export type CountedLimit = (typeof countedLimits)[number]

/** What one must be allowed to see to count; to those who may not, the rows do not show and would count as none. */
const counters: Readonly<Record<CountedLimit, Permission>> = {
  max_users: 'tenant.read',
  max_domains: 'domain.read',
  max_email_accounts: 'account.read',
  max_campaigns_per_month: 'campaign.read',
  max_contacts: 'lead.read',
  max_warmups: 'domain.read',
}

/** How much a tenant uses of what its plan limits; null where the operator may not see what is counted. */
export type Usage = Readonly<Record<CountedLimit, number | null>>

/** What a plan allows at most; null is no limit. A plan's row is one. */
export type Limits = Readonly<Record<CountedLimit, number | null>>

/** A limit that a tenant is beyond. */
export interface ExceededLimit {
  limit: CountedLimit
  used: number
  max: number
}

/** The limits that this use is beyond, in the order plans list them. Who is at a limit is within it. */
export function exceededLimits(usage: Usage, limits: Limits): ExceededLimit[] {
  return countedLimits.flatMap((limit) => {
    const used = usage[limit]
    const max = limits[limit]
    return used !== null && max !== null && used > max ? [{limit, used, max}] : []
  })
}

/** A limit that is exceeded, in words: `Domains 12 of 10`. */
export function describeExceeded({limit, used, max}: ExceededLimit): string {
  return `${planWords[limit]} ${used.toLocaleString('en')} of ${max.toLocaleString('en')}`
}

/** The limits whose use somebody with these permissions cannot see, each with the permission they lack. */
export function uncountedLimits(permissions: readonly string[]): {limit: CountedLimit; permission: Permission}[] {
  return countedLimits
    .map((limit) => ({limit, permission: counters[limit]}))
    .filter(({permission}) => !permissions.includes(permission))
}
