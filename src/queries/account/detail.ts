import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import {type CampaignUse, listCampaignsUsing} from '../campaign/using.ts'
import type {AccountRow} from './columns.ts'
import {getAccount} from './find.ts'

/** Everything an operator wants to know of one e-mail account. Of its secrets, only that there are some. */
export interface AccountDetail extends AccountRow {
  domain_status: string | null
  vault_key_path: string | null
  imap_settings: string | null
  smtp_settings: string | null
  updated: string | null
  /** The campaigns with a step that sends by it. */
  campaigns: CampaignUse[]
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const recentChanges = 5

/** @throws NotFound, Conflict */
export async function getAccountDetail(db: Reader, named: string): Promise<AccountDetail> {
  const {stored_count: _, ...account} = await getAccount(db, named)
  const changes = await listChangesOf(db, `account:${account.account}`, recentChanges)
  return {
    ...account,
    ...(await moreOf(db, account.id)),
    campaigns: await listCampaignsUsing(db, 'email_account_id', account.id),
    changes: changes.map(({id, made, by, command}) => ({id, made, by, command})),
  }
}

// Masked by the database: what they hold never leaves it.
function moreOf(db: Reader, id: string) {
  const masked = (column: string) => sql<string | null>`case when ${sql.ref(column)} is not null then '(masked)' end`
  return db
    .selectFrom('email_accounts as e')
    .leftJoin('domains as d', 'd.id', 'e.domain_id')
    .where('e.id', '=', id)
    .select([
      'd.verification_status as domain_status',
      masked('e.vault_key_path').as('vault_key_path'),
      masked('e.imap_settings').as('imap_settings'),
      masked('e.smtp_settings').as('smtp_settings'),
      'e.updated',
    ])
    .executeTakeFirstOrThrow()
}
