import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import type {CampaignStatus} from '../../rules/campaign-lifecycle.ts'

/** A campaign as operators see it. */
export interface CampaignRow {
  campaign: string
  tenant: string | null
  company: string | null
  status: CampaignStatus | null
  steps: number
  scheduled: string | null
  completed: string | null
  created: string | null
  tenant_id: string
  id: string
}

/** The one choice of a campaign's columns; list, show and writes share it. */
export function selectCampaigns(db: Reader) {
  return db
    .selectFrom('campaigns as c')
    .leftJoin('tenants as t', 't.id', 'c.tenant_id')
    .leftJoin('companies as o', 'o.id', 'c.company_id')
    .select((eb) => [
      'c.name as campaign',
      't.name as tenant',
      'o.name as company',
      'c.status',
      eb
        .selectFrom('campaign_sequence_steps as s')
        .where('s.campaign_id', '=', sql<string>`c.id`)
        .select((steps) => steps.fn.countAll<number>().as('count'))
        .$asScalar()
        .$notNull()
        .as('steps'),
      'c.scheduled',
      'c.completed',
      'c.created',
      'c.tenant_id',
      'c.id',
    ])
}
