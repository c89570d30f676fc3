import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {chronologically, type Ordering} from '../paging.ts'
import {selectAddons} from './columns.ts'

export const addonOrdering: Ordering = {
  by: {created: chronologically},
  default: '-created',
  key: 'id',
  neverNull: ['created'],
}

export interface AddonFilter {
  tenantId?: string | undefined
  active?: boolean | undefined
}

export function listAddons(db: Reader, {tenantId, active}: AddonFilter) {
  let addons = selectAddons(db)
  if (tenantId !== undefined) addons = addons.where('s.tenant_id', '=', tenantId)
  if (active) addons = addons.where(sql<boolean>`a.is_active`)
  return addons
}

/** The add-ons of a subscription, those that run first. */
export function addonsOf(db: Reader, subscriptionId: string) {
  return selectAddons(db)
    .where('a.subscription_id', '=', subscriptionId)
    .orderBy('a.is_active', (by) => by.desc().nullsLast())
    .orderBy('a.addon_type')
    .orderBy('a.id')
    .execute()
}
