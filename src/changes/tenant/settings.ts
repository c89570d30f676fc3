import {isDeepStrictEqual} from 'node:util'
import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {type FoundTenant, getTenant, tenantTarget} from '../../queries/tenant/find.ts'
import {getTenantConfig, getTenantPolicy} from '../../queries/tenant/settings.ts'
import type {SettingValue} from '../../rules/setting-values.ts'
import {configSettings, isWeaker, policySettings, type Settings} from '../../rules/tenant-settings.ts'
import type {Change, Columns, Plan, RowChange} from '../plan.ts'

export interface SettingsInput {
  tenant: string
  /** By column; null for none. */
  values: Readonly<Record<string, SettingValue | null>>
}

/** Sets a tenant's settings; a tenant that has none of its own gets a row. */
export const setTenantConfig: Change<SettingsInput> = {
  permission: 'tenant.write',
  grade: 'moderate',
  plan: (db, input) =>
    planSettings(db, input, {
      table: 'public.tenant_config',
      noun: 'config',
      settings: configSettings,
      current: getTenantConfig,
    }),
}

/** Sets a tenant's policies; a tenant that has none of its own gets a row. */
export const setTenantPolicy: Change<SettingsInput> = {
  permission: 'tenant.write',
  grade: 'moderate',
  plan: (db, input) =>
    planSettings(db, input, {
      table: 'public.tenant_policies',
      noun: 'policy',
      settings: policySettings,
      current: getTenantPolicy,
    }),
}

interface Kept {
  table: 'public.tenant_config' | 'public.tenant_policies'
  noun: string
  settings: Settings
  current(db: Reader, tenantId: string): Promise<{stored: boolean}>
}

async function planSettings(db: Reader, {tenant: named, values}: SettingsInput, kept: Kept): Promise<Plan> {
  const tenant = await getTenant(db, named)
  const {stored, ...current} = await kept.current(db, tenant.id)
  const now = new Map<string, Json>(Object.entries(current))
  const changing = Object.entries(values).filter(([name, value]) => !isDeepStrictEqual(now.get(name) ?? null, value))
  const after = Object.fromEntries(changing)
  const before = Object.fromEntries(changing.map(([name]) => [name, now.get(name) ?? null]))
  const weaker = changing.filter(([name, value]) => {
    const setting = kept.settings[name]
    return setting !== undefined && isWeaker(setting, now.get(name), value)
  })
  return {
    headline: `Set ${Object.keys(values).join(', ')} of ${nameOf(tenant)}.`,
    subject: nameOf(tenant),
    targets: [tenantTarget(tenant)],
    rows: changing.length === 0 ? [] : [rowOf(tenant, kept, stored ? before : null, after)],
    effects: [],
    warnings: [
      ...(tenant.deleted === null ? [] : [`${nameOf(tenant)} is deleted.`]),
      ...(stored ? [] : [`It has no ${kept.noun} of its own yet: what is not set here begins as by default.`]),
      ...weaker.map(([name]) => `${name} will protect it less than before.`),
    ],
  }
}

function rowOf(tenant: FoundTenant, {table, noun}: Kept, before: Columns | null, after: Columns): RowChange {
  const key = {tenant_id: tenant.id}
  const label = `tenant ${noun} ${nameOf(tenant)}`
  return before === null ? {table, label, key, before, after: {...key, ...after}} : {table, label, key, before, after}
}

function nameOf({name, id}: FoundTenant): string {
  return name ?? id
}
