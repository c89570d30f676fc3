import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'

/** The campaigns that are sending now through e-mail accounts of these domains. */
export async function listSendingCampaigns(db: Reader, domainIds: readonly string[]) {
  if (domainIds.length === 0) return []
  return db
    .selectFrom('campaigns as c')
    .innerJoin('campaign_sequence_steps as s', 's.campaign_id', 'c.id')
    .innerJoin('email_accounts as e', 'e.id', 's.email_account_id')
    .where('c.status', '=', 'sending')
    .where(isAnyOf('e.domain_id', domainIds, 'uuid'))
    .select(['c.name', 'e.domain_id'])
    .distinct()
    .orderBy('c.name')
    .execute()
}
