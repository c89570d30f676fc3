import {campaigns, type SandboxCampaign} from './campaign-list.ts'
import {campaignId} from './campaigns.ts'
import type {Clock} from './clock.ts'
import {accountId} from './email-accounts.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {templateId} from './templates.ts'

type StepRow = RowOf<'campaign_sequence_steps'>

/** One step: the campaign's own template unless another is named, a wait, or a fork in the road. */
type Step =
  | {type: 'email'; template?: 'follow-up'; subject?: string; when?: string}
  | {type: 'wait'; hours: number}
  | {type: 'wait'; until: 'start'}
  | {type: 'condition'; on: 'opened' | 'clicked' | 'replied'; value: string}

const patterns: Readonly<Record<SandboxCampaign['steps'], readonly Step[]>> = {
  none: [],
  single: [{type: 'email'}],
  dated: [{type: 'wait', until: 'start'}, {type: 'email'}],
  drip: [
    {type: 'email'},
    {type: 'wait', hours: 72},
    {type: 'condition', on: 'replied', value: 'no'},
    {type: 'email', subject: 'One more thing', when: 'not replied'},
  ],
  nurture: [
    {type: 'email'},
    {type: 'wait', hours: 48},
    {type: 'email', subject: 'In case you missed it', when: 'not opened'},
    {type: 'wait', hours: 120},
    {type: 'condition', on: 'clicked', value: 'yes'},
    {type: 'email', subject: 'Last call', when: 'clicked'},
  ],
}

/** Rows of `campaign_sequence_steps`. */
export function campaignStepRows(clock: Clock): StepRow[] {
  return campaigns.flatMap((campaign) =>
    patterns[campaign.steps].map((step, i) => ({
      id: sandboxId(`step:${campaignId(campaign)}:${i}`),
      campaign_id: campaignId(campaign),
      step_order: i + 1,
      step_type: step.type,
      ...mailPart(campaign, step),
      ...waitPart(clock, campaign, step),
      condition_type: step.type === 'condition' ? step.on : null,
      condition_value: step.type === 'condition' ? step.value : null,
      is_active: !(campaign.status === 'paused' && i === 3),
      ...progress(clock, campaign, i),
      created: clock.daysAgo(campaign.age),
      updated: clock.daysAgo(campaign.age * 0.9),
    })),
  )
}

function mailPart(campaign: SandboxCampaign, step: Step) {
  const mail = step.type === 'email' ? step : undefined
  return {
    email_account_id: mail ? accountId(campaign.from) : null,
    template_id: mail ? templateId(campaign.tenant, mail.template ?? campaign.template) : null,
    subject_override: mail?.subject ?? null,
    from_name_override: mail?.subject === undefined ? null : 'Customer care',
    send_condition: mail?.when ?? null,
  }
}

function waitPart(clock: Clock, {start = 0}: SandboxCampaign, step: Step) {
  const until = step.type === 'wait' && 'until' in step
  return {
    wait_duration_hours: step.type === 'wait' && 'hours' in step ? step.hours : null,
    wait_until_date: until ? clock.daysAgo(start) : null,
  }
}

/** Later steps reach fewer people; what has not started has reached nobody. */
function progress(clock: Clock, {start = -1, done, age}: SandboxCampaign, i: number) {
  if (start < 0) return {executed_count: 0, last_executed: null}
  const reached = Math.round((200 + age * 30) * 0.7 ** i)
  return {executed_count: reached, last_executed: clock.daysAgo(done ?? Math.min(start, 0.03 + i * 0.2))}
}
