import type {Reader} from '../../db/transaction.ts'
import type {CampaignRow} from '../../queries/campaign/columns.ts'
import {getCampaigns} from '../../queries/campaign/find.ts'
import {listIdleSenders} from '../../queries/campaign/sending.ts'
import {databaseNow} from '../../queries/clock.ts'
import {assertCampaignMove, type CampaignStatus, resumedStatus} from '../../rules/campaign-lifecycle.ts'
import {firstFew} from '../../rules/first-few.ts'
import {type Each, planEach, tenantsOf} from '../each.ts'
import type {Change, RowChange} from '../plan.ts'
import {deletedWarning} from '../tenant/deleted-warning.ts'

export interface CampaignsInput {
  /** Names or ids. */
  campaigns: readonly string[]
}

/** Holds campaigns. Those that are paused already are left alone. */
export const pauseCampaigns: Change<CampaignsInput> = {
  permission: 'campaign.write',
  grade: 'moderate',
  plan: async (db, {campaigns}) => {
    const {plan} = planEach({
      ...eachCampaign,
      things: await getCampaigns(db, campaigns),
      isSo: ({status}) => status === 'paused',
      already: 'paused',
      rowOf: (campaign) => moved(campaign, 'paused'),
      headline: (what) => `Pause ${what}.`,
    })
    return plan
  },
}

/** Lets paused campaigns go on: those whose time has not come wait for it. Those that go on already are left alone. */
export const resumeCampaigns: Change<CampaignsInput> = {
  permission: 'campaign.write',
  grade: 'moderate',
  plan: async (db, {campaigns}) => {
    const now = await databaseNow(db)
    const {plan, changing} = planEach({
      ...eachCampaign,
      things: await getCampaigns(db, campaigns),
      isSo: ({status}) => status === 'scheduled' || status === 'sending',
      already: 'going on',
      rowOf: (campaign) => moved(campaign, resumedStatus(campaign.scheduled, now)),
      headline: (what) => `Resume ${what}.`,
    })
    return {...plan, warnings: [...plan.warnings, ...(await obstacles(db, changing))]}
  },
}

const eachCampaign = {
  nouns: ['campaign', 'campaigns'],
  nameOf: ({campaign}: CampaignRow) => campaign,
  targetOf: ({id}: CampaignRow) => `campaign:${id}`,
} as const satisfies Partial<Each<CampaignRow>>

function moved(campaign: CampaignRow, to: CampaignStatus): RowChange {
  const {id, campaign: name, status, scheduled} = campaign
  assertCampaignMove(name, status, to)
  return {
    table: 'public.campaigns',
    label: `campaign ${name} of ${tenantsOf([campaign])}`,
    key: {id},
    before: {status, scheduled},
    after: {status: to},
  }
}

// What would keep campaigns from sending although they go on.
async function obstacles(db: Reader, campaigns: readonly CampaignRow[]): Promise<string[]> {
  const deleted = await deletedWarning(
    db,
    campaigns.map(({tenant_id}) => tenant_id),
  )
  const idle = await listIdleSenders(
    db,
    campaigns.map(({id}) => id),
  )
  const senders = idle.map(({account, status}) => `${account} (${status ?? 'no state'})`)
  const empty = campaigns.filter(({steps}) => steps === 0).map(({campaign}) => campaign)
  return [
    ...deleted,
    ...(senders.length > 0 ? [`They send by what cannot send: ${firstFew(senders)}.`] : []),
    ...(empty.length > 0 ? [`Without any step: ${firstFew(empty)}.`] : []),
  ]
}
