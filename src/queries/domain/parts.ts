import type {Reader} from '../../db/transaction.ts'

/** What hangs on a domain and would go with it. */
export type DomainParts = Awaited<ReturnType<typeof partsOf>>

/** Every assignment and account of a domain, and the campaigns with a step that sends by one of these accounts. */
export async function partsOf(db: Reader, domainId: string) {
  const assignments = await db
    .selectFrom('domain_ip_assignments as a')
    .leftJoin('smtp_ip_addresses as i', 'i.id', 'a.smtp_ip_address_id')
    .where('a.domain_id', '=', domainId)
    .select(['a.id', 'i.ip_address as ip', 'a.status', 'a.smtp_ip_address_id', 'a.warmup_state', 'a.expires'])
    .orderBy('a.id')
    .execute()
  const accounts = await db
    .selectFrom('email_accounts')
    .where('domain_id', '=', domainId)
    .select(['id', 'email', 'status', 'vault_key_path', 'imap_settings', 'smtp_settings'])
    .orderBy('email')
    .orderBy('id')
    .execute()
  return {assignments, accounts, campaigns: await campaignsBy(db, domainId)}
}

async function campaignsBy(db: Reader, domainId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('email_accounts as e')
    .innerJoin('campaign_sequence_steps as s', 's.email_account_id', 'e.id')
    .leftJoin('campaigns as c', 'c.id', 's.campaign_id')
    .where('e.domain_id', '=', domainId)
    .select((eb) => eb.fn.coalesce('c.name', eb.val('(no campaign)')).as('name'))
    .distinct()
    .orderBy('name')
    .execute()
  return rows.map(({name}) => name)
}
