import {UsageError} from './errors.ts'

/** The roles of a tenant's users that the platform uses; the column takes any text (guide: tenant_users.roles). */
export const tenantRoles = ['owner', 'admin', 'member', 'billing'] as const

/** @throws UsageError */
export function parseTenantRole(text: string): string {
  if (/^[a-z][a-z0-9_-]{0,49}$/.test(text)) return text
  throw new UsageError(`“${text}” cannot be a role.`, {
    hint: `The platform uses ${tenantRoles.join(', ')}.`,
    sought: {name: text, among: tenantRoles},
  })
}

/** Those that the platform does not use, as far as pm knows. */
export function unknownRoles(roles: readonly string[]): string[] {
  return roles.filter((role) => !tenantRoles.some((known) => known === role))
}

/**
 * The roles after some were added and others removed, in the order they were given.
 * @throws UsageError where one is to be both.
 */
export function changedRoles(roles: readonly string[], add: readonly string[], remove: readonly string[]): string[] {
  const both = add.find((role) => remove.includes(role))
  if (both !== undefined) throw new UsageError(`The role ${both} cannot be added and removed at once.`)
  return [...new Set([...roles, ...add])].filter((role) => !remove.includes(role))
}
