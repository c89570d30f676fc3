import type {Clock} from './clock.ts'
import {nth} from './nth.ts'
import {addressOf, people, userId} from './people.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {type TenantKey, tenantOf} from './tenants.ts'

const languages: Partial<Record<TenantKey, string>> = {
  soester: 'da',
  pengin: 'ja',
  cafecreme: 'fr',
  pixel: 'de',
  verde: 'es',
  atlas: 'nl',
}

/** Rows of `user_preferences`: of those who ever opened their settings, which is three in four. */
export function preferenceRows(clock: Clock): RowOf<'user_preferences'>[] {
  return people
    .filter((_, i) => i % 4 !== 3)
    .map((person, i) => {
      const {age, zone} = tenantOf(person.tenant)
      const user = userId(addressOf(person))
      return {
        id: sandboxId(`preferences:${user}`),
        user_id: user,
        theme: nth(['light', 'dark', 'system'], i),
        language: languages[person.tenant] ?? 'en',
        timezone: zone,
        email_notifications: i % 7 !== 6,
        push_notifications: i % 3 !== 0,
        weekly_reports: person.roles.includes('owner'),
        marketing_emails: i % 5 === 0,
        created: clock.daysAgo(age * 0.5),
        updated: clock.daysAgo(age * 0.2),
      }
    })
}
