/**
 * The permission catalogue: every `<topic>.<act>` an operator can hold, in the words an administrator reads when
 * granting it. `pm db setup` writes what is missing of it into the platform's `permissions` table.
 */
export const permissions = {
  'tenant.read': 'See tenants, their companies, users, settings and usage.',
  'tenant.write': "Change a tenant's settings, policies and its users' roles.",
  'tenant.delete': 'Delete and restore tenants.',
  'user.read': 'See users and their preferences.',
  'company.read': 'See companies.',
  'company.write': "Change a company's status.",
  'plan.read': 'See plans and their limits.',
  'plan.write': 'Create, edit, activate and deactivate plans.',
  'subscription.read': 'See subscriptions and add-ons.',
  'subscription.write': 'Schedule and withdraw plan changes.',
  'payment.read': 'See payments.',
  'staff.read': 'See staff, roles and permissions.',
  'staff.write': 'Add and remove staff, change roles, enroll and revoke logins.',
  'flags.read': 'See feature flags.',
  'flags.write': 'Create, switch, roll out and delete feature flags.',
  'config.read': 'See system configuration; sensitive values stay masked.',
  'config.write': 'Set and unset system configuration.',
  'config.reveal': 'See sensitive configuration values in clear; every use is audited.',
  'vps.read': 'See VPS instances and costs.',
  'vps.write': 'Add and decommission VPS instances.',
  'ip.read': 'See sending IPs, their reputation and assignments.',
  'ip.write': 'Quarantine, release, assign, rate, add and retire sending IPs.',
  'domain.read': 'See domains and their DNS records.',
  'domain.write': 'Change domains and their DNS records, store check results.',
  'campaign.read': 'See campaigns and their steps.',
  'campaign.write': 'Pause and resume campaigns.',
  'account.read': 'See e-mail accounts; vault paths stay masked.',
  'account.write': 'Suspend, activate and reset e-mail accounts.',
  'lead.read': 'Count and find leads; personal data stays masked.',
  'lead.reveal': "See leads' personal data in clear; every use is audited.",
  'template.read': 'See templates, folders and tags.',
  'job.write': 'Begin bulk jobs, and pause, resume, cancel and retry them.',
  'audit.read': 'See the changes of all operators, row by row.',
  'audit.undo': 'Undo a change, given the permission the change itself needed.',
} as const

export type Permission = keyof typeof permissions

// Where a thing of a topic is not called by the topic's name.
const things: Readonly<Record<string, string>> = {
  flags: 'flag',
  staff: 'staff member',
  config: 'setting',
  ip: 'IP',
  vps: 'VPS',
}

/** What one thing is called that a permission is about: `subscription`, `IP`. */
export function thingOf(permission: Permission): string {
  const [topic = ''] = permission.split('.')
  return things[topic] ?? topic
}

/** The catalogue's names, in catalogue order. */
export const permissionNames = Object.keys(permissions) as Permission[]

export function isPermission(name: string): name is Permission {
  return Object.hasOwn(permissions, name)
}
