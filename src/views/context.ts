import {fieldsSection, type Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import {
  type Chooser,
  type ContextKind,
  choosers,
  contextKinds,
  kindTones,
  type PasswordSource,
  passwordSources,
  type StripeKeySource,
  stripeKeySources,
} from '../rules/context.ts'
import {type StripeMode, stripeModes} from '../rules/stripe-mode.ts'

/** A context in a list. */
export interface ContextRow {
  name: string
  kind: ContextKind
  where: string
  user: string
  /** Whether pm works there now, and what chose it. */
  current: boolean
  chosen_by: Chooser | null
}

/** A context with all that is known of it, but its secrets. */
export interface ContextDetail extends ContextRow {
  host: string | null
  port: number | null
  database: string | null
  replica: string | null
  tls: 'verify-full' | 'off' | null
  ca_file: string | null
  password: PasswordSource | null
  declared_email: string | null
  secret_command: string | null
  folder: string | null
  stripe_mode: StripeMode
  stripe_key: StripeKeySource
}

export const contextView: View<ContextRow> = {
  noun: 'context',
  plural: 'contexts',
  name: 'name',
  fields: {
    name: {kind: 'text'},
    kind: {kind: 'text', values: contextKinds, cell: (text) => ({text, tone: kindTones[text]})},
    where: {kind: 'text'},
    user: {kind: 'text'},
    current: {kind: 'boolean', cell: (current) => ({text: current ? 'yes' : 'no', tone: current ? 'strong' : 'dim'})},
    chosen_by: {kind: 'text', header: 'Chosen by', nullable: true, values: choosers},
  },
  table: ['name', 'kind', 'where', 'user', 'current', 'chosen_by'],
}

export const contextDetailView: View<ContextDetail> = {
  ...contextView,
  fields: {
    ...contextView.fields,
    host: {kind: 'text', nullable: true},
    port: {kind: 'integer', nullable: true},
    database: {kind: 'text', nullable: true},
    replica: {kind: 'text', nullable: true},
    tls: {
      kind: 'text',
      header: 'TLS',
      nullable: true,
      values: ['verify-full', 'off'],
      cell: (tls) => (tls === 'off' ? 'off (this machine)' : tls),
    },
    ca_file: {kind: 'text', header: 'Certificate authority', nullable: true},
    password: {kind: 'text', nullable: true, values: passwordSources, cell: (source) => passwordWords[source]},
    declared_email: {kind: 'text', header: 'Declared e-mail', nullable: true},
    secret_command: {kind: 'text', header: 'Command for secrets', nullable: true},
    folder: {kind: 'text', nullable: true},
    stripe_mode: {kind: 'text', header: 'Stripe', values: stripeModes},
    stripe_key: {kind: 'text', header: 'Stripe key', values: stripeKeySources, cell: (source) => keyWords[source]},
  },
}

const passwordWords: Readonly<Record<PasswordSource, string>> = {
  saved: 'saved',
  DATABASE_URL: 'from DATABASE_URL',
  PGPASSWORD: 'from PGPASSWORD',
  pgpass: 'from the password file (.pgpass)',
  none: 'none',
}

const keyWords: Readonly<Record<StripeKeySource, string>> = {
  saved: 'saved',
  STRIPE_API_KEY: 'from STRIPE_API_KEY',
  none: 'none',
}

/** What `pm context show` shows a person: where pm works, what chose it, and how it gets there. */
export function contextSections(context: ContextDetail): Section[] {
  const said = shown.filter((name) => context[name] !== null)
  const rule: Section = {lines: ['Read-only without --write, and every change needs a --reason.']}
  return [fieldsSection(context, contextDetailView, said), ...(context.kind === 'production' ? [rule] : [])]
}

const shown = [
  'name',
  'kind',
  'current',
  'chosen_by',
  'where',
  'user',
  'password',
  'tls',
  'ca_file',
  'replica',
  'declared_email',
  'secret_command',
  'folder',
  'stripe_mode',
  'stripe_key',
] as const
