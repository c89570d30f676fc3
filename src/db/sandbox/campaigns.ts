import {campaigns, type SandboxCampaign} from './campaign-list.ts'
import type {Clock} from './clock.ts'
import {companyId} from './companies.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {tenantId} from './tenants.ts'

/** The id of a campaign. */
export function campaignId({tenant, name}: SandboxCampaign): string {
  return sandboxId(`campaign:${tenant}:${name}`)
}

/** Rows of `campaigns`. */
export function campaignRows(clock: Clock): RowOf<'campaigns'>[] {
  return campaigns.map((campaign, i) => {
    const {tenant, name, status, age, start, done} = campaign
    return {
      id: campaignId(campaign),
      tenant_id: tenantId(tenant),
      company_id: companyId(tenant),
      name,
      description: i % 3 === 0 ? `${name}, planned with the account team` : null,
      status,
      scheduled: start === undefined ? null : clock.daysAgo(start),
      completed: done === undefined ? null : clock.daysAgo(done),
      created: clock.daysAgo(age),
      updated: clock.daysAgo(done ?? Math.min(age, Math.max(0.1, (start ?? age) / 2))),
    }
  })
}
