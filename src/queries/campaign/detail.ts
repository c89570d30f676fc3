import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import type {CampaignRow} from './columns.ts'
import {getCampaign} from './find.ts'
import {type CampaignStep, stepsOf} from './steps.ts'

/** Everything an operator wants to know of one campaign. */
export interface CampaignDetail extends CampaignRow {
  description: string | null
  updated: string | null
  sequence: CampaignStep[]
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const recentChanges = 5

/** @throws NotFound, Conflict */
export async function getCampaignDetail(db: Reader, named: string): Promise<CampaignDetail> {
  const campaign = await getCampaign(db, named)
  const more = await db
    .selectFrom('campaigns')
    .where('id', '=', campaign.id)
    .select(['description', 'updated'])
    .executeTakeFirstOrThrow()
  const changes = await listChangesOf(db, `campaign:${campaign.id}`, recentChanges)
  return {
    ...campaign,
    ...more,
    sequence: await stepsOf(db, campaign.id),
    changes: changes.map(({id, made, by, command}) => ({id, made, by, command})),
  }
}
