import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {UsageError} from '../rules/errors.ts'
import {type PlanLimit, planLimits} from '../rules/plan-columns.ts'

const most = 2_147_483_647

/** Flags for what a plan is: typed by its columns; an empty value takes the value away. */
export const planFlags = {
  description: text('TEXT', 'What it is, for tenants.'),
  notes: text('TEXT', 'Notes for operators.'),
  'price-monthly': price('What a month costs, in cents: 7900 is 79.00.'),
  'price-yearly': price('What a year costs, in cents.'),
  'max-users': limit('users'),
  'max-domains': limit('domains'),
  'max-email-accounts': limit('e-mail accounts'),
  'max-campaigns-per-month': limit('campaigns a month'),
  'max-emails-per-month': limit('e-mails a month'),
  'max-contacts': limit('contacts'),
  'max-warmups': limit('warm-ups at once'),
  'max-storage-gb': limit('gigabytes of storage'),
  'api-rate-limit': limit('API requests a minute'),
  'no-limit': Flags.option({
    options: planLimits.map(flagOf),
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    helpValue: 'NAME',
  })({description: 'No limit on these, by the names of their flags: max-users,max-domains.'}),
  'api-access': feature('The API.'),
  'priority-support': feature('Priority support.'),
  'advanced-analytics': feature('Advanced analytics.'),
  'white-label': feature('White label.'),
  'stripe-product': text('ID', 'Its product at Stripe, prod_….'),
}

type PlanFlags = Interfaces.InferredFlags<typeof planFlags>

/** The columns that the flags set. @throws UsageError where they contradict each other */
export function planSettings(flags: PlanFlags) {
  return {
    description: flags.description,
    notes: flags.notes,
    price_monthly: flags['price-monthly'],
    price_yearly: flags['price-yearly'],
    max_users: limitOf(flags, 'max_users', flags['max-users']),
    max_domains: limitOf(flags, 'max_domains', flags['max-domains']),
    max_email_accounts: limitOf(flags, 'max_email_accounts', flags['max-email-accounts']),
    max_campaigns_per_month: limitOf(flags, 'max_campaigns_per_month', flags['max-campaigns-per-month']),
    max_emails_per_month: limitOf(flags, 'max_emails_per_month', flags['max-emails-per-month']),
    max_contacts: limitOf(flags, 'max_contacts', flags['max-contacts']),
    max_warmups: limitOf(flags, 'max_warmups', flags['max-warmups']),
    max_storage_gb: limitOf(flags, 'max_storage_gb', flags['max-storage-gb']),
    api_rate_limit: limitOf(flags, 'api_rate_limit', flags['api-rate-limit']),
    api_access: flags['api-access'],
    priority_support: flags['priority-support'],
    advanced_analytics: flags['advanced-analytics'],
    white_label: flags['white-label'],
    stripe_product_id: flags['stripe-product'],
  }
}

function limitOf({'no-limit': open}: PlanFlags, limit: PlanLimit, given: number | null | undefined) {
  if (!open?.includes(flagOf(limit))) return given
  if (given == null) return null
  throw new UsageError(`--${flagOf(limit)} and --no-limit ${flagOf(limit)} contradict each other.`)
}

function flagOf(column: string): string {
  return column.replaceAll('_', '-')
}

function text(helpValue: string, description: string) {
  return Flags.custom<string | null>({helpValue, description, parse: async (given) => given.trim() || null})()
}

function limit(what: string) {
  const parse = async (given: string) => wholeNumber(given, 'Give a whole number, or nothing (=) for no limit.')
  return Flags.custom<number | null>({helpValue: 'N', description: `At most so many ${what}.`, parse})()
}

function price(description: string) {
  const parse = async (given: string) =>
    wholeNumber(given, 'Prices are in cents, as at Stripe: 7900 is 79.00. Nothing (=) is no price.')
  return Flags.custom<number | null>({helpValue: 'CENTS', description, parse})()
}

function feature(description: string) {
  return Flags.boolean({allowNo: true, description})
}

function wholeNumber(given: string, hint: string): number | null {
  if (given === '') return null
  const number = Number(given)
  if (/^\d{1,10}$/.test(given) && number <= most) return number
  throw new UsageError(`“${given}” is no whole number that fits.`, {hint})
}
