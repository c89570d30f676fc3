import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import type {PlanRow} from '../../queries/plan/columns.ts'
import {tenantUsage} from '../../queries/tenant/usage.ts'
import {Conflict} from '../../rules/errors.ts'
import {planWords} from '../../rules/plan-columns.ts'
import {describeExceeded, exceededLimits, uncountedLimits} from '../../rules/plan-limits.ts'

/**
 * What to say of a tenant's use beside a plan's limits.
 * @throws Conflict naming each limit that is exceeded already, unless that is allowed
 */
export async function limitWarnings(
  db: Reader,
  operator: Operator,
  {tenant, plan, allow}: {tenant: {id: string; called: string}; plan: PlanRow; allow: boolean},
): Promise<string[]> {
  const exceeded = exceededLimits(await tenantUsage(db, operator, tenant.id), plan)
  if (exceeded.length > 0 && !allow) {
    throw new Conflict(
      `${tenant.called} is beyond what ${plan.slug} allows: ${exceeded.map(describeExceeded).join(', ')}.`,
      {hint: 'To change the plan all the same: --allow-over-limit', details: {exceeded}},
    )
  }
  const uncounted = uncountedLimits(operator.permissions)
    .filter(({limit}) => plan[limit] !== null)
    .map(({limit, permission}) => `${planWords[limit]} could not be counted: that takes ${permission}.`)
  return [...exceeded.map((one) => `Beyond the new limit: ${describeExceeded(one)}.`), ...uncounted]
}
