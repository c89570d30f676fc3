/** How careful pm is in a place: production is read-only without --write, and every change there needs a reason. */
export const contextKinds = ['sandbox', 'development', 'staging', 'production'] as const
export type ContextKind = (typeof contextKinds)[number]

/** How a kind is coloured, wherever it is named: production as what can do harm. */
export const kindTones = {sandbox: 'dim', development: 'info', staging: 'warn', production: 'bad'} as const

/** The kinds a server can be of: never the sandbox, whose data is made up. */
export const serverKinds = ['development', 'staging', 'production'] as const
export type ServerKind = (typeof serverKinds)[number]

/** What can choose where pm works, the strongest first (DESIGN §6). */
export const choosers = [
  '--context',
  'PM_CONTEXT',
  'DATABASE_URL',
  'PG*',
  '.pm-context',
  'pm context use',
  'default',
] as const
export type Chooser = (typeof choosers)[number]

/** Where the key to Stripe is from. */
export const stripeKeySources = ['saved', 'STRIPE_API_KEY', 'none'] as const
export type StripeKeySource = (typeof stripeKeySources)[number]

/** Where the password of a server is from. */
export const passwordSources = ['saved', 'DATABASE_URL', 'PGPASSWORD', 'pgpass', 'none'] as const
export type PasswordSource = (typeof passwordSources)[number]
