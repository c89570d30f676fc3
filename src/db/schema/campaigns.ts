import type {Generated} from 'kysely'

/** Where a campaign is in its life; the column may also be null (guide: campaigns). */
export type CampaignStatus = 'draft' | 'scheduled' | 'sending' | 'completed' | 'paused'

/** What a campaign step does; the column may also be null (guide: campaign_sequence_steps, Step Types). */
type CampaignStepType = 'email' | 'wait' | 'condition'

/** A person a tenant mails, once per tenant and address; it has no creation time (guide: leads). */
export interface LeadsTable {
  id: Generated<string>
  tenant_id: string
  email: string
  name: string | null
  company: string | null
  status: Generated<string | null>
  updated: string | null
}

/** A tenant's campaign; `tenant_id` has no foreign key, so it may name no tenant (guide: campaigns). */
export interface CampaignsTable {
  id: Generated<string>
  tenant_id: string
  company_id: string | null
  name: string
  description: string | null
  status: CampaignStatus | null
  scheduled: string | null
  completed: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}

/** A step of a campaign; `step_order` sorts but need not be unique (guide: campaign_sequence_steps). */
export interface CampaignSequenceStepsTable {
  id: Generated<string>
  campaign_id: string | null
  step_order: number
  step_type: CampaignStepType | null
  email_account_id: string | null
  template_id: string | null
  subject_override: string | null
  from_name_override: string | null
  wait_duration_hours: number | null
  wait_until_date: string | null
  condition_type: string | null
  condition_value: string | null
  send_condition: string | null
  is_active: Generated<boolean | null>
  executed_count: Generated<number | null>
  last_executed: string | null
  created: Generated<string | null>
  updated: Generated<string | null>
}
