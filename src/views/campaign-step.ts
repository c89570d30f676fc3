import {showTime} from '../output/time.ts'
import type {Clock, View} from '../output/view.ts'
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

/** A step as people read it: in words. */
interface ShownStep {
  order: number
  step: CampaignStep
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
    step: {kind: 'json', record: campaignStepView, cell: describe},
    account: {kind: 'text', header: 'From', nullable: true},
    executed: {kind: 'integer', header: 'Done'},
    last_executed: {kind: 'timestamp', header: 'Last', nullable: true},
  },
  table: ['order', 'step', 'account', 'executed', 'last_executed'],
}

export function toShownStep(step: CampaignStep): ShownStep {
  const {order, account, executed, last_executed} = step
  return {order, step, account, executed, last_executed}
}

function describe(step: CampaignStep, clock: Clock): string {
  return `${inWords(step, clock)}${step.active ? '' : ' (switched off)'}`
}

function inWords(step: CampaignStep, clock: Clock): string {
  const {type, wait_hours, wait_until, condition, condition_value} = step
  if (type === 'email') return mail(step)
  if (type === 'wait')
    return wait_until ? `wait for its date, ${showTime(wait_until, clock)}` : `wait ${wait_hours ?? '?'} hours`
  if (type === 'condition') return `go on if ${condition ?? '?'} is ${condition_value ?? '?'}`
  return 'no type'
}

function mail({template, subject, send_condition}: CampaignStep): string {
  const what = `send ${template ?? 'no template'}${subject ? ` “${subject}”` : ''}`
  return send_condition ? `${what}, if ${send_condition}` : what
}

/** The accounts by which steps should send and which cannot: why a campaign stands still. */
export function idleAccounts(steps: readonly CampaignStep[]): string[] {
  const idle = steps.flatMap(({account, account_status: status}) =>
    account === null || status === 'active' ? [] : [`${account} is ${status ?? 'in no state'}: nothing is sent by it.`],
  )
  return [...new Set(idle)]
}
