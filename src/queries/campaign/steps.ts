import type {Reader} from '../../db/transaction.ts'

/** A step of a campaign; which of its columns count, its type says. */
export interface CampaignStep {
  order: number
  type: 'email' | 'wait' | 'condition' | null
  account: string | null
  account_status: string | null
  template: string | null
  subject: string | null
  from_name: string | null
  wait_hours: number | null
  wait_until: string | null
  condition: string | null
  condition_value: string | null
  send_condition: string | null
  active: boolean
  executed: number
  last_executed: string | null
}

/** The steps of a campaign in their order; `step_order` need not be unique. */
export function stepsOf(db: Reader, campaignId: string): Promise<CampaignStep[]> {
  return db
    .selectFrom('campaign_sequence_steps as s')
    .leftJoin('email_accounts as e', 'e.id', 's.email_account_id')
    .leftJoin('templates as m', 'm.id', 's.template_id')
    .where('s.campaign_id', '=', campaignId)
    .select((eb) => [
      's.step_order as order',
      's.step_type as type',
      'e.email as account',
      'e.status as account_status',
      'm.name as template',
      eb.fn.coalesce('s.subject_override', 'm.subject').as('subject'),
      's.from_name_override as from_name',
      's.wait_duration_hours as wait_hours',
      's.wait_until_date as wait_until',
      's.condition_type as condition',
      's.condition_value',
      's.send_condition',
      eb.fn.coalesce('s.is_active', eb.lit(true)).as('active'),
      eb.fn.coalesce('s.executed_count', eb.lit(0)).as('executed'),
      's.last_executed',
    ])
    .orderBy('s.step_order')
    .orderBy('s.id')
    .execute()
}
