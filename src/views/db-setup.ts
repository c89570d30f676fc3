import {type Section, tableSection} from '../output/detail.ts'
import type {Tone, View} from '../output/view.ts'
import type {SetupItem, SetupPlan} from '../queries/db/setup-plan.ts'

const tones: Readonly<Record<SetupItem['state'], Tone>> = {
  pending: 'warn',
  applied: 'good',
  'already there': 'dim',
  'left alone': 'bad',
}

export const setupView: View<SetupItem> = {
  noun: 'item',
  plural: 'items',
  name: 'item',
  fields: {
    kind: {kind: 'text', values: ['migration', 'permission', 'role', 'policy']},
    item: {kind: 'text'},
    state: {kind: 'text', values: Object.keys(tones), cell: (text) => ({text, tone: tones[text]})},
    detail: {kind: 'text', nullable: true},
    before: {kind: 'text', nullable: true},
    after: {kind: 'text', nullable: true},
  },
  table: ['kind', 'item', 'state', 'detail'],
  wide: ['before', 'after'],
}

const shownItems = 12

/** What a set-up would do, for the person who is asked to consent: what is added, then each policy before and after. */
export function setupSections({platform, items}: Pick<SetupPlan, 'platform' | 'items'>): Section[] {
  const added = items.filter(({kind, state}) => kind !== 'policy' && state === 'pending')
  const policies = items.filter(({kind}) => kind === 'policy')
  return [...(added.length > 0 ? [additions(added, platform)] : []), ...policies.map(policySection)]
}

function additions(added: readonly SetupItem[], platform: SetupPlan['platform']): Section {
  const more = added.length - shownItems
  return {
    ...tableSection('What pm would add', added.slice(0, shownItems), setupView, ['kind', 'item', 'detail']),
    lines: [
      ...(more > 0 ? [`… and ${more} more`] : []),
      ...(platform === 'whole' ? ["The platform's tables are there already and stay as they are."] : []),
    ],
  }
}

// Whole, however long: nobody can consent to half a rule.
function policySection({item, detail, before, after}: SetupItem): Section {
  return {
    title: `Policy ${item}`,
    lines: [
      ...(detail ? [detail] : []),
      {text: `- ${before}`, tone: 'bad'},
      after === null ? {text: 'It is left alone.', tone: 'warn'} : {text: `+ ${after}`, tone: 'good'},
    ],
  }
}
