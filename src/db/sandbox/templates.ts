import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {type TenantKey, tenantId, tenantList, tenantOf} from './tenants.ts'

/** The templates a tenant can have, and the folder each is kept in. */
export const templateKinds = {
  welcome: {
    name: 'Welcome',
    subject: 'Good to have you with us, {{first_name}}',
    content: 'Hi {{first_name}},\n\nthank you for signing up. Here is how to begin.\n',
    folder: 'Onboarding',
  },
  'follow-up': {
    name: 'Follow-up',
    subject: 'Did you have a moment to look?',
    content: 'Hi {{first_name}},\n\nI wanted to ask whether my last mail reached you.\n',
    folder: 'Outreach',
  },
  newsletter: {
    name: 'Newsletter',
    subject: 'News of the month',
    content: '<h1>News</h1>\n<p>{{body}}</p>\n<p><a href="{{unsubscribe_url}}">Unsubscribe</a></p>\n',
    folder: 'Newsletters',
  },
  offer: {
    name: 'Offer',
    subject: '{{percent}} % off until Sunday',
    content: 'Hi {{first_name}},\n\nyour code is {{code}}.\n',
    folder: 'Promotions',
  },
  reminder: {
    name: 'Appointment reminder',
    subject: 'See you on {{date}}',
    content: 'Dear {{first_name}},\n\nthis is a reminder of your appointment on {{date}}.\n',
    folder: 'Transactional',
  },
} as const

/** The word by which the sandbox's files name a template. */
export type TemplateKind = keyof typeof templateKinds

const standard = ['welcome', 'follow-up', 'newsletter'] as const

const kindsOf: Partial<Record<TenantKey, readonly TemplateKind[]>> = {
  acme: [...standard, 'offer'],
  lumen: [...standard, 'reminder'],
  summit: ['welcome', 'newsletter', 'reminder'],
  pengin: [...standard, 'offer'],
  dailydeal: ['offer'],
  newleaf: [],
  oldmill: [],
  'ghostlight-old': [],
}

/** Every template there is, tenant by tenant. */
export const templates: readonly {tenant: TenantKey; kind: TemplateKind}[] = tenantList.flatMap(({key}) =>
  (kindsOf[key] ?? standard).map((kind) => ({tenant: key, kind})),
)

/** The id of a tenant's template. */
export function templateId(tenant: TenantKey, kind: TemplateKind): string {
  return sandboxId(`template:${tenant}:${kind}`)
}

/** Days since a template was written. */
export function templateAge(tenant: TenantKey): number {
  return tenantOf(tenant).age * 0.8
}

/** Rows of `templates`. */
export function templateRows(clock: Clock): RowOf<'templates'>[] {
  return templates.map(({tenant, kind}, i) => {
    const {name, subject, content} = templateKinds[kind]
    return {
      id: templateId(tenant, kind),
      tenant_id: tenantId(tenant),
      name,
      subject,
      content,
      is_started: kind !== 'newsletter',
      updated: i % 5 === 0 ? null : clock.daysAgo(templateAge(tenant) / 3),
      created: clock.daysAgo(templateAge(tenant)),
    }
  })
}
