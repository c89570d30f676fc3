import {presentCatalogue} from '../../db/catalogue.ts'
import type {Identity} from '../../db/identity.ts'
import {migrationNames, migrationSummary, pendingMigrations} from '../../db/migrate.ts'
import {platformState} from '../../db/platform-state.ts'
import {isMendable, policyName, type RaisingPolicy, raisingPolicies} from '../../db/raising-policies.ts'
import type {Reader} from '../../db/transaction.ts'
import {permissionNames, permissions} from '../../rules/permissions.ts'
import {roleNames, roles} from '../../rules/roles.ts'
import type {SetupItem, SetupPlan} from './setup-plan.ts'
import {type Rights, readRights, requireRights} from './setup-rights.ts'

/**
 * What a database still lacks for pm, and on request which of the platform's policies it would mend.
 * @throws PermissionDenied naming what the login lacks to do it; Conflict for half a platform, and for what a newer pm
 * has set up.
 */
export async function planSetup(db: Reader, identity: Identity, mendPolicies: boolean): Promise<SetupPlan> {
  const platform = await platformState(db)
  const pending = await pendingMigrations(db, identity)
  const rights = await readRights(db, platform)
  const raising = mendPolicies ? await raisingPolicies(db) : []
  const plan = {
    login: rights.login,
    database: rights.database,
    platform,
    items: [...migrationItems(identity, pending), ...(await catalogueItems(db, rights)), ...raising.map(policyItem)],
    policies: raising.filter(isMendable),
  }
  requireRights(rights, plan)
  return plan
}

function migrationItems(identity: Identity, pending: readonly string[]): SetupItem[] {
  return migrationNames(identity).map((name) =>
    itemOf('migration', name, !pending.includes(name), migrationSummary(name)),
  )
}

async function catalogueItems(db: Reader, {reads_catalogue}: Rights): Promise<SetupItem[]> {
  const present = reads_catalogue ? await presentCatalogue(db) : {permissions: [], roles: []}
  return [
    ...permissionNames.map((name) => itemOf('permission', name, present.permissions.includes(name), permissions[name])),
    ...roleNames.map((name) => itemOf('role', name, present.roles.includes(name), roles[name].description)),
  ]
}

function itemOf(kind: SetupItem['kind'], item: string, isThere: boolean, detail: string | null): SetupItem {
  return {kind, item, state: isThere ? 'already there' : 'pending', detail, before: null, after: null}
}

function policyItem(policy: RaisingPolicy): SetupItem {
  const {settings, before, after} = policy
  const detail = after
    ? `Raises where ${settings.join(', ')} is unset or empty.`
    : `Raises where ${settings.join(', ')} is unset or empty, and makes something of null itself: mend it by hand.`
  const rule = {before: ruleText(before), after: after && ruleText(after)}
  return {kind: 'policy', item: policyName(policy), state: after ? 'pending' : 'left alone', detail, ...rule}
}

function ruleText({using, check}: RaisingPolicy['before']): string {
  const parts = [using === null ? [] : `using ${using}`, check === null ? [] : `with check ${check}`]
  return parts.flat().join(' ')
}
