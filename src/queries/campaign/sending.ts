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

/** The campaigns that are sending now by these e-mail accounts, once for each by which they do. */
export function listCampaignsBy(db: Reader, accountIds: readonly string[]) {
  return db
    .selectFrom('campaigns as c')
    .innerJoin('campaign_sequence_steps as s', 's.campaign_id', 'c.id')
    .where('c.status', '=', 'sending')
    .where(isAnyOf('s.email_account_id', accountIds, 'uuid'))
    .select(['c.name', 'c.id', 's.email_account_id as account_id'])
    .distinct()
    .orderBy('c.name')
    .orderBy('c.id')
    .execute()
}

/** The names of the campaigns of these companies that are sending now; found by their tenants, which have an index. */
export async function listCampaignsOf(
  db: Reader,
  companies: readonly {id: string; tenant_id: string | null}[],
): Promise<string[]> {
  const tenants = companies.flatMap(({tenant_id: id}) => id ?? [])
  const ids = companies.map(({id}) => id)
  const campaigns = await db
    .selectFrom('campaigns')
    .where('status', '=', 'sending')
    .where(isAnyOf('tenant_id', tenants, 'uuid'))
    .where(isAnyOf('company_id', ids, 'uuid'))
    .select('name')
    .orderBy('name')
    .orderBy('id')
    .execute()
  return campaigns.map(({name}) => name)
}

/** The e-mail accounts by which a step of these campaigns sends, and which are not active. */
export async function listIdleSenders(db: Reader, campaignIds: readonly string[]) {
  return db
    .selectFrom('campaigns as c')
    .innerJoin('campaign_sequence_steps as s', 's.campaign_id', 'c.id')
    .innerJoin('email_accounts as e', 'e.id', 's.email_account_id')
    .where(isAnyOf('c.id', campaignIds, 'uuid'))
    .where('e.status', 'is distinct from', 'active')
    .select(['c.name as campaign', 'e.email as account', 'e.status', 'c.id'])
    .distinct()
    .orderBy('campaign')
    .orderBy('account')
    .execute()
}
