import type {CampaignStatus} from '../schema/campaigns.ts'
import type {TemplateKind} from './templates.ts'
import type {TenantKey} from './tenants.ts'

/** A campaign as its steps see it. */
export interface SandboxCampaign {
  tenant: TenantKey
  name: string
  status: CampaignStatus
  /** Days since it was written. */
  age: number
  /** Days since it started, negative where it is scheduled to. */
  start?: number
  /** Days since it was completed. */
  done?: number
  /** The mailbox it is sent from. */
  from: string
  template: TemplateKind
  /** A pattern of steps; a campaign just begun has none. */
  steps: 'none' | 'single' | 'dated' | 'drip' | 'nurture'
}

/** What the campaigns are, tenant by tenant. */
export const campaigns: readonly SandboxCampaign[] = [
  ...of('acme', 'newsletter@news.acme.example', [
    {name: 'Winter Sale', status: 'sending', age: 21.3, start: 3.1, template: 'offer', steps: 'nurture'},
    {name: 'Spring Preview', status: 'draft', age: 0.9, template: 'newsletter', steps: 'none'},
    {
      name: 'Loyalty Thank-you',
      status: 'completed',
      age: 94.5,
      start: 90.1,
      done: 78.2,
      template: 'welcome',
      steps: 'drip',
    },
    {name: 'Wholesale Re-order', status: 'paused', age: 44.6, start: 40.2, template: 'follow-up', steps: 'drip'},
  ]),
  ...of('northline', 'hello@northline-jobs.example', [
    {name: 'Candidate Outreach', status: 'sending', age: 12.8, start: 9.4, template: 'follow-up', steps: 'drip'},
    {name: 'Client Win-back', status: 'draft', age: 4.4, template: 'follow-up', steps: 'single'},
  ]),
  ...of('soester', 'hello@nyhedsbrev.soester.example', [
    {name: 'Julekalender', status: 'scheduled', age: 6.1, start: -5.5, template: 'newsletter', steps: 'dated'},
  ]),
  ...of('pengin', 'hello@pengin.example', [
    {name: '冬のセール', status: 'sending', age: 15.2, start: 1.7, template: 'offer', steps: 'drip'},
    {
      name: 'Members Newsletter',
      status: 'completed',
      age: 61.9,
      start: 60,
      done: 59.8,
      template: 'newsletter',
      steps: 'single',
    },
  ]),
  ...of('oreilly', 'hello@oreillys-orchard.example', [
    {name: "Orchard's Best", status: 'paused', age: 18.3, start: 16.6, template: 'newsletter', steps: 'drip'},
  ]),
  ...of('harborpine', 'hello@harborpine-mail.example', [
    {name: 'Catalogue Mailing', status: 'scheduled', age: 8.8, start: -2.2, template: 'newsletter', steps: 'dated'},
  ]),
  ...of('lumen', 'hello@appointments.lumenhealth.example', [
    {name: 'Flu Season Reminder', status: 'sending', age: 33.7, start: 20.4, template: 'reminder', steps: 'nurture'},
    {
      name: 'New Patient Welcome',
      status: 'completed',
      age: 151.2,
      start: 150,
      done: 120.6,
      template: 'welcome',
      steps: 'drip',
    },
    {name: 'Clinic Survey', status: 'scheduled', age: 2.6, start: -9.1, template: 'follow-up', steps: 'drip'},
  ]),
  ...of('kestrel', 'hello@kestrel.example', [
    {name: 'Product Update', status: 'scheduled', age: 3.9, start: -1.4, template: 'newsletter', steps: 'single'},
    {
      name: 'Trial Nurture',
      status: 'completed',
      age: 72.5,
      start: 70.7,
      done: 41.1,
      template: 'welcome',
      steps: 'nurture',
    },
  ]),
  ...of('blueanchor', 'hello@blueanchor.example', [
    {
      name: 'Port Closure Notice',
      status: 'completed',
      age: 27.7,
      start: 27.6,
      done: 27.4,
      template: 'newsletter',
      steps: 'single',
    },
  ]),
  ...of('tidewater', 'hello@tidewater.example', [
    {name: 'Open House Invitations', status: 'draft', age: 1.2, template: 'welcome', steps: 'single'},
  ]),
  ...of('sunrise', 'hello@sunrise-install.example', [
    {name: 'Rebate Deadline', status: 'sending', age: 10.1, start: 7.7, template: 'follow-up', steps: 'drip'},
  ]),
  ...of('granite', 'hello@granitepeak.example', [
    {name: 'Trail Guide', status: 'draft', age: 7.5, template: 'newsletter', steps: 'drip'},
  ]),
  ...of('pixel', 'hello@pixelfoundry.example', [
    {
      name: 'Portfolio Launch',
      status: 'completed',
      age: 101.4,
      start: 99.2,
      done: 84,
      template: 'welcome',
      steps: 'drip',
    },
  ]),
  ...of('verde', 'hello@verde-kitchen.example', [
    {
      name: 'Recipe of the Week',
      status: 'completed',
      age: 36.2,
      start: 35.1,
      done: 34.9,
      template: 'newsletter',
      steps: 'single',
    },
  ]),
  ...of('atlas', 'hello@atlas-quotes.example', [
    {name: 'Rate Card', status: 'sending', age: 14.9, start: 5.3, template: 'newsletter', steps: 'nurture'},
    {name: 'Lost Quotes', status: 'paused', age: 66.6, start: 60.2, template: 'follow-up', steps: 'drip'},
  ]),
  ...of('summit', 'hello@summit-reminders.example', [
    {
      name: 'Six-Month Check-up',
      status: 'completed',
      age: 58.8,
      start: 55.5,
      done: 30.3,
      template: 'reminder',
      steps: 'drip',
    },
  ]),
  ...of('redwood', 'hello@redwood-ins.example', [
    {name: 'Renewal Notice', status: 'sending', age: 41.1, start: 12.6, template: 'follow-up', steps: 'nurture'},
  ]),
  ...of('orbit', 'hello@orbit-tickets.example', [
    {name: 'Early Bird Tickets', status: 'paused', age: 25.4, start: 22.1, template: 'newsletter', steps: 'drip'},
  ]),
  ...of('dailydeal', 'hello@daily-deal-blast.example', [
    {name: 'MEGA DEALS!!!', status: 'paused', age: 49.9, start: 48.8, template: 'offer', steps: 'single'},
  ]),
]

function of(
  tenant: TenantKey,
  from: string,
  their: readonly Omit<SandboxCampaign, 'tenant' | 'from'>[],
): SandboxCampaign[] {
  return their.map((campaign) => ({...campaign, tenant, from}))
}
