import type {Reader} from '../db/transaction.ts'
import type {Noun} from '../rules/nouns.ts'
import type {Permission} from '../rules/permissions.ts'
import {searchAccounts} from './account/find.ts'
import {searchChanges} from './audit/search.ts'
import {searchCampaigns} from './campaign/find.ts'
import {searchCompanies} from './company/find.ts'
import {searchConfig} from './config/find.ts'
import {searchDomains} from './domain/search.ts'
import {searchFlags} from './flag/find.ts'
import {searchIps} from './ip/search.ts'
import {searchJobs} from './job/search.ts'
import {searchPayments} from './payment/search.ts'
import {searchPlans} from './plan/search.ts'
import {searchStaff} from './staff/find.ts'
import {searchPermissions} from './staff/permission.ts'
import {searchRoles} from './staff/role-list.ts'
import {searchSubscriptions} from './subscription/search.ts'
import {searchTemplates} from './template/find.ts'
import {searchDeletedTenants, searchTenants} from './tenant/search.ts'
import {searchUsers} from './user/detail.ts'
import {searchVps} from './vps/detail.ts'
import {searchRegions} from './vps/regions.ts'

/** What is kept in the database: contexts are kept elsewhere. */
export type StoredNoun = Exclude<Noun, 'context'>

/** What a prompt offers of a kind of thing while the operator types, and who may see it. */
export interface NounFinder {
  permission: Permission
  find(db: Reader, typed: string): Promise<readonly {value: string; name?: string; description?: string}[]>
}

export const finders: Readonly<Record<StoredNoun, NounFinder>> = {
  tenant: {permission: 'tenant.read', find: searchTenants},
  'deleted tenant': {permission: 'tenant.read', find: searchDeletedTenants},
  domain: {permission: 'domain.read', find: searchDomains},
  IP: {permission: 'ip.read', find: searchIps},
  user: {permission: 'user.read', find: searchUsers},
  company: {permission: 'company.read', find: searchCompanies},
  account: {permission: 'account.read', find: searchAccounts},
  campaign: {permission: 'campaign.read', find: searchCampaigns},
  template: {permission: 'template.read', find: searchTemplates},
  plan: {permission: 'plan.read', find: searchPlans},
  subscription: {permission: 'subscription.read', find: searchSubscriptions},
  payment: {permission: 'payment.read', find: searchPayments},
  flag: {permission: 'flags.read', find: searchFlags},
  key: {permission: 'config.read', find: searchConfig},
  VPS: {permission: 'vps.read', find: searchVps},
  region: {permission: 'vps.read', find: searchRegions},
  person: {permission: 'staff.read', find: searchStaff},
  role: {permission: 'staff.read', find: searchRoles},
  permission: {permission: 'staff.read', find: searchPermissions},
  job: {permission: 'audit.read', find: searchJobs},
  change: {permission: 'audit.read', find: searchChanges},
}
