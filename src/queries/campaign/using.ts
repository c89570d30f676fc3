import type {Reader} from '../../db/transaction.ts'

/** A campaign where it is named beside something else. */
export interface CampaignUse {
  campaign: string
  status: string | null
  id: string
}

/** The campaigns of which a step sends by this e-mail account, or this template, by name. */
export function listCampaignsUsing(
  db: Reader,
  what: 'email_account_id' | 'template_id',
  id: string,
): Promise<CampaignUse[]> {
  return db
    .selectFrom('campaigns as c')
    .where('c.id', 'in', (eb) =>
      eb
        .selectFrom('campaign_sequence_steps as s')
        .where(`s.${what}`, '=', id)
        .where('s.campaign_id', 'is not', null)
        .select('s.campaign_id')
        .$narrowType<{campaign_id: string}>(),
    )
    .select(['c.name as campaign', 'c.status', 'c.id'])
    .orderBy('c.name')
    .orderBy('c.id')
    .execute()
}
