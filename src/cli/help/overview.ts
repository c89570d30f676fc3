import {type Definition, renderDefinitions} from '../../output/definitions.ts'
import type {Section} from '../../output/detail.ts'
import {wrap} from '../../output/wrap.ts'
import {guides} from '../guides/guides.ts'

const examples: readonly Definition[] = [
  ['pm', 'Search everything, and see what needs somebody.'],
  ['pm find acme', 'Find it by name, address, key or Stripe id.'],
  ['pm domain doctor acme.example', 'Say why it won’t verify, and the fix.'],
  ['pm ip retire 192.0.2.10 --dry-run', 'Show what a change would do.'],
  ['pm audit list --since 1d', 'See who changed what, to undo it.'],
]

/** The topics and commands, by what operators do with them. A test wants each of them here once. */
export const groups: Readonly<Record<string, readonly Definition[]>> = {
  'GETTING AROUND': [
    ['find, status, top', 'Find anything; see what needs somebody.'],
    ['context', 'Where pm works: the databases it knows.'],
    ['shell, completion, schema', 'Type less: without pm, with Tab; JSON schemas.'],
  ],
  'CUSTOMERS AND MONEY': [
    ['tenant', 'Who they are, what they use, their settings.'],
    ['company, user', 'The workspaces of tenants, and who works there.'],
    ['plan', 'What they allow, and moving tenants.'],
    ['subscription, addon, payment', 'Who pays for what; how it is at Stripe.'],
  ],
  SENDING: [
    ['domain', 'Domains and their DNS: check, doctor, watch, records, keys.'],
    ['ip', 'Sending IPs: quarantine, release, assign, rate, check.'],
    ['vps, cost', 'The servers under the IPs, and what sending costs.'],
    ['account, campaign', 'Suspend an account, pause a campaign, see what it sends.'],
    ['template, lead', 'What is sent, and to whom; personal data stays masked.'],
  ],
  PLATFORM: [
    ['flags, config', 'Feature flags and system configuration.'],
    ['staff, can, whoami', 'Who may operate, and what; who you are.'],
    ['audit, job', 'What was changed and by whom, undo; bulk changes.'],
    ['db, sandbox', 'Set up and check the database; example data to try on.'],
  ],
}

/** The help of pm as a whole. */
export function overview(width: number): Section[] {
  const room = width - 2
  return [
    {lines: ['pm TOPIC COMMAND [FLAGS]', ...wrap('The operator’s terminal for PenguinMails.', width)]},
    {title: 'EXAMPLES', lines: renderDefinitions(examples, room)},
    ...Object.entries(groups).map(([title, rows]) => ({title, lines: renderDefinitions(rows, room)})),
    {
      title: 'HELP',
      lines: renderDefinitions(
        [
          ['pm TOPIC --help', 'The commands of a topic; each has its own --help.'],
          ['pm help GUIDE', [...guides.keys()].join(', ')],
        ],
        room,
      ),
    },
  ]
}
