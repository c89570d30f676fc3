import type {Reader} from '../../db/transaction.ts'
import type {CampaignRow} from '../../queries/campaign/columns.ts'
import {findCampaigns} from '../../queries/campaign/find.ts'
import {listIdleSenders} from '../../queries/campaign/sending.ts'
import {databaseNow} from '../../queries/clock.ts'
import {assertCampaignMove, type CampaignStatus, resumedStatus} from '../../rules/campaign-lifecycle.ts'
import {firstFew} from '../../rules/first-few.ts'
import {type Each, planEach, tenantsOf} from '../each.ts'
import type {RowChange} from '../plan.ts'
import {setWise} from '../set-wise.ts'
import {deletedWarnings} from '../tenant/deleted-warning.ts'

export interface CampaignsInput {
  /** Names or ids. */
  campaigns: readonly string[]
}

/** Holds campaigns. Those that are paused already are left alone. */
export const pauseCampaigns = setWise<CampaignsInput>({
  permission: 'campaign.write',
  grade: 'moderate',
  readFor: async (db, inputs) => {
    const found = await findCampaigns(db, namesIn(inputs))
    return async ({campaigns}) => {
      const {plan} = await planEach({
        ...eachCampaign,
        things: found.meantBy(campaigns),
        isSo: ({status}) => status === 'paused',
        already: 'paused',
        rowOf: (campaign) => moved(campaign, 'paused'),
        headline: (what) => `Pause ${what}.`,
      })
      return plan
    }
  },
})

/** Lets paused campaigns go on: those whose time has not come wait for it. Those that go on already are left alone. */
export const resumeCampaigns = setWise<CampaignsInput>({
  permission: 'campaign.write',
  grade: 'moderate',
  readFor: async (db, inputs) => {
    const now = await databaseNow(db)
    const found = await findCampaigns(db, namesIn(inputs))
    const obstaclesOf = await obstacles(db, found.rows)
    return async ({campaigns}) => {
      const {plan, changing} = await planEach({
        ...eachCampaign,
        things: found.meantBy(campaigns),
        isSo: ({status}) => status === 'scheduled' || status === 'sending',
        already: 'going on',
        rowOf: (campaign) => moved(campaign, resumedStatus(campaign.scheduled, now)),
        headline: (what) => `Resume ${what}.`,
      })
      return {...plan, warnings: [...plan.warnings, ...obstaclesOf(changing)]}
    }
  },
})

function namesIn(inputs: readonly CampaignsInput[]): string[] {
  return inputs.flatMap(({campaigns}) => campaigns)
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

// What would keep some of these campaigns from sending although they go on.
async function obstacles(db: Reader, all: readonly CampaignRow[]) {
  const deletedOf = await deletedWarnings(
    db,
    all.map(({tenant_id}) => tenant_id),
  )
  const allIdle = await listIdleSenders(
    db,
    all.map(({id}) => id),
  )
  return (campaigns: readonly CampaignRow[]): string[] => {
    const ids = new Set(campaigns.map(({id}) => id))
    const idle = allIdle.filter(({id}) => ids.has(id))
    const senders = idle.map(({account, status}) => `${account} (${status ?? 'no state'})`)
    const empty = campaigns.filter(({steps}) => steps === 0).map(({campaign}) => campaign)
    return [
      ...deletedOf(campaigns.map(({tenant_id}) => tenant_id)),
      ...(senders.length > 0 ? [`They send by what cannot send: ${firstFew(senders)}.`] : []),
      ...(empty.length > 0 ? [`Without any step: ${firstFew(empty)}.`] : []),
    ]
  }
}
