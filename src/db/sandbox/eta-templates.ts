import type {Json} from '../schema/json.ts'
import type {Clock} from './clock.ts'
import type {RowOf} from './row-of.ts'
import {sandboxId} from './sandbox-id.ts'
import {type TenantKey, tenantId, tenantOf} from './tenants.ts'

const bodies = {
  'layouts/base': {
    subject: '(layout)',
    body: '<!doctype html>\n<html lang="<%= it.lang %>">\n<body>\n<%~ it.body %>\n</body>\n</html>\n',
    async: false,
  },
  welcome: {
    subject: 'Welcome, <%= it.lead.name %>',
    body: "<% layout('layouts/base') %>\n<h1><%= it.words.hello %>, <%= it.lead.name %></h1>\n",
    async: false,
  },
  invoice: {
    subject: 'Invoice <%= it.invoice.number %>',
    body: "<% layout('layouts/base') %>\n<%~ await includeAsync('partials/lines', it) %>\n",
    async: true,
  },
} as const

const users: Partial<Record<TenantKey, readonly (keyof typeof bodies)[]>> = {
  acme: ['layouts/base', 'welcome', 'invoice'],
  lumen: ['layouts/base', 'welcome'],
  pengin: ['layouts/base', 'welcome'],
  soester: ['layouts/base', 'welcome'],
  atlas: ['layouts/base', 'invoice'],
}

const dictionaries: readonly {tenant: TenantKey; key: string; value: Json}[] = [
  {tenant: 'acme', key: 'words', value: {hello: 'Hello', bye: 'Best wishes'}},
  {tenant: 'acme', key: 'signature', value: 'The Acme team'},
  {tenant: 'lumen', key: 'words', value: {hello: 'Dear', bye: 'Stay well'}},
  {tenant: 'pengin', key: 'words', value: {hello: 'こんにちは', bye: '敬具'}},
  {tenant: 'soester', key: 'words', value: {hello: 'Hej', bye: 'Kærlig hilsen'}},
  {tenant: 'soester', key: 'opening_hours', value: ['10-18', '10-18', '10-18', '10-18', '10-20', '10-15', null]},
  {tenant: 'atlas', key: 'vat_percent', value: 21},
]

/** Rows of `email_templates`. */
export function emailTemplateRows(clock: Clock): RowOf<'email_templates'>[] {
  return (Object.keys(users) as TenantKey[]).flatMap((tenant) =>
    (users[tenant] ?? []).map((name) => ({
      id: sandboxId(`eta:${tenant}:${name}`),
      tenant_id: tenantId(tenant),
      name,
      ...bodies[name],
      created: clock.daysAgo(tenantOf(tenant).age * 0.7),
      updated: clock.daysAgo(tenantOf(tenant).age * 0.1),
    })),
  )
}

/** Rows of `template_dictionaries`. */
export function dictionaryRows(clock: Clock): RowOf<'template_dictionaries'>[] {
  return dictionaries.map(({tenant, key, value}) => ({
    id: sandboxId(`dictionary:${tenant}:${key}`),
    tenant_id: tenantId(tenant),
    key,
    value,
    created: clock.daysAgo(tenantOf(tenant).age * 0.7),
  }))
}
