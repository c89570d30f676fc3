import {type Permission, permissionNames} from './permissions.ts'

export const roleNames = ['admin', 'operations', 'billing', 'support', 'viewer'] as const
export type RoleName = (typeof roleNames)[number]

export interface Role {
  description: string
  grants: readonly Permission[]
}

// Personal data and secrets are not part of "may look around".
const looking = permissionNames.filter((name) => name.endsWith('.read') && name !== 'lead.read')

/** The five roles `pm db setup` creates, with what each may do until an administrator grants or revokes. */
export const roles: Readonly<Record<RoleName, Role>> = {
  admin: {description: 'Everything, staff and permissions included.', grants: permissionNames},
  operations: {
    description: 'Keeps mail flowing: IPs, domains, VPS, campaigns, accounts.',
    grants: [
      ...looking,
      'ip.write',
      'domain.write',
      'vps.write',
      'campaign.write',
      'account.write',
      'flags.write',
      'job.write',
      'audit.undo',
    ],
  },
  billing: {
    description: 'Plans, subscriptions and payments.',
    grants: [...looking, 'plan.write', 'subscription.write', 'tenant.write', 'job.write', 'audit.undo'],
  },
  support: {
    description: 'Helps tenants: settings, companies, accounts, campaigns, leads.',
    grants: [
      ...looking,
      'lead.read',
      'lead.reveal',
      'tenant.write',
      'company.write',
      'campaign.write',
      'account.write',
      'job.write',
      'audit.undo',
    ],
  },
  viewer: {description: 'Looks, changes nothing.', grants: looking},
}
