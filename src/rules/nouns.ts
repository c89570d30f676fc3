/** The kinds of things that an operator names on a command line. */
export type Noun =
  | 'tenant'
  | 'deleted tenant'
  | 'domain'
  | 'IP'
  | 'user'
  | 'company'
  | 'account'
  | 'campaign'
  | 'template'
  | 'plan'
  | 'subscription'
  | 'payment'
  | 'flag'
  | 'key'
  | 'VPS'
  | 'region'
  | 'person'
  | 'role'
  | 'permission'
  | 'job'
  | 'change'
  | 'context'

// A word of a usage line means the same everywhere, unless a longer entry says otherwise; null is for what has no name
// yet, or is no name at all.
const meanings: Readonly<Record<string, Noun | null>> = {
  TENANT: 'tenant',
  'tenant restore TENANT': 'deleted tenant',
  DOMAIN: 'domain',
  'domain add DOMAIN': null,
  IP: 'IP',
  'ip add IP': null,
  'vps add IP': null,
  USER: 'user',
  COMPANY: 'company',
  ACCOUNT: 'account',
  CAMPAIGN: 'campaign',
  TEMPLATE: 'template',
  PLAN: 'plan',
  'plan compare FIRST': 'plan',
  'plan compare SECOND': 'plan',
  SUBSCRIPTION: 'subscription',
  PAYMENT: 'payment',
  'flags KEY': 'flag',
  'flags create KEY': null,
  'config KEY': 'key',
  VPS: 'VPS',
  REGION: 'region',
  'staff EMAIL': 'person',
  'audit WHO': 'person',
  'staff add EMAIL': 'user',
  'staff enroll EMAIL': 'user',
  'staff ROLE': 'role',
  'staff role create ROLE': null,
  PERMISSION: 'permission',
  JOB: 'job',
  CHANGE: 'change',
  CONTEXT: 'context',
  'context NAME': 'context',
  'context add NAME': null,
}

/** What a word of a usage line names, such as `TENANT` in `pm tenant show TENANT`; undefined for any other value. */
export function nounOf(command: string, word: string): Noun | undefined {
  const topics = command.split(' ')
  const entries = [...topics.keys(), topics.length].toReversed().map((end) => [...topics.slice(0, end), word].join(' '))
  const entry = entries.find((known) => Object.hasOwn(meanings, known))
  return (entry !== undefined && meanings[entry]) || undefined
}
