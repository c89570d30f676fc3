import type {Reader} from '../../db/transaction.ts'
import type {CampaignStatus} from '../../rules/campaign-lifecycle.ts'
import {hasId, namedLike} from '../names.ts'
import {chronologically, type Ordering, plainly} from '../paging.ts'
import {selectCampaigns} from './columns.ts'

export interface CampaignFilter {
  tenantId?: string | undefined
  status?: readonly CampaignStatus[] | undefined
  /** How the name begins, in any case. */
  search?: string | undefined
}

/** Newest first. */
export const campaignOrdering: Ordering = {
  by: {created: chronologically, campaign: plainly},
  default: '-created',
  key: 'id',
  neverNull: ['created', 'campaign'],
}

export function listCampaigns(db: Reader, {tenantId, status, search}: CampaignFilter) {
  let campaigns = selectCampaigns(db)
  if (tenantId !== undefined) campaigns = campaigns.where('c.tenant_id', '=', tenantId)
  if (status?.length) campaigns = campaigns.where('c.status', 'in', status)
  return campaigns.$if(search !== undefined, (all) =>
    all
      .innerJoin(namedLike(db, 'pm.campaign_names', search ?? '').as('found'), (join) =>
        join.on(hasId('c.id', 'found.id')),
      )
      .select('found.match'),
  )
}
