import type {View} from '../output/view.ts'
import type {CampaignStep} from '../queries/campaign/steps.ts'

export const campaignStepView: View<CampaignStep> = {
  noun: 'step',
  plural: 'steps',
  name: 'order',
  fields: {
    order: {kind: 'integer'},
    type: {kind: 'text', nullable: true, values: ['email', 'wait', 'condition']},
    account: {kind: 'text', nullable: true},
    account_status: {kind: 'text', nullable: true},
    template: {kind: 'text', nullable: true},
    subject: {kind: 'text', nullable: true},
    from_name: {kind: 'text', nullable: true},
    wait_hours: {kind: 'integer', nullable: true},
    wait_until: {kind: 'timestamp', nullable: true},
    condition: {kind: 'text', nullable: true},
    condition_value: {kind: 'text', nullable: true},
    send_condition: {kind: 'text', nullable: true},
    active: {kind: 'boolean'},
    executed: {kind: 'integer'},
    last_executed: {kind: 'timestamp', nullable: true},
  },
  table: ['order', 'type', 'account', 'template', 'executed', 'last_executed'],
}

/** A step in words, for a person. */
interface ShownStep {
  order: number
  what: string
  account: string | null
  executed: number
  last_executed: string | null
}

export const shownStepView: View<ShownStep> = {
  noun: 'step',
  plural: 'steps',
  name: 'order',
  fields: {
    order: {kind: 'integer', header: '#'},
    what: {kind: 'text', header: 'Step'},
    account: {kind: 'text', header: 'From', nullable: true},
    executed: {kind: 'integer', header: 'Done'},
    last_executed: {kind: 'timestamp', header: 'Last', nullable: true},
  },
  table: ['order', 'what', 'account', 'executed', 'last_executed'],
}

export function toShownStep(step: CampaignStep): ShownStep {
  const {order, executed, last_executed} = step
  const what = `${describe(step)}${step.active ? '' : ' (switched off)'}`
  return {order, what, account: accountOf(step), executed, last_executed}
}

function describe(step: CampaignStep): string {
  const {type, template, send_condition, wait_hours, wait_until, condition, condition_value} = step
  if (type === 'email') return `send ${template ?? 'no template'}${send_condition ? `, if ${send_condition}` : ''}`
  if (type === 'wait') return wait_until ? `wait until ${wait_until}` : `wait ${wait_hours ?? '?'} hours`
  if (type === 'condition') return `go on if ${condition ?? '?'} is ${condition_value ?? '?'}`
  return 'no type'
}

// An account that cannot send is why a campaign stands still.
function accountOf({account, account_status: status}: CampaignStep): string | null {
  return account === null || status === 'active' ? account : `${account} (${status ?? 'no state'})`
}
