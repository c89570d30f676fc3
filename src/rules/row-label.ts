type Row = Readonly<Record<string, unknown>>

// What people call a row of each table, from its columns.
const names: Readonly<Record<string, readonly [noun: string, column: string]>> = {
  smtp_ip_addresses: ['ip', 'ip_address'],
  domain_ip_assignments: ['assignment', 'id'],
  domains: ['domain', 'domain'],
  vps_instances: ['vps', 'hostwinds_instance_id'],
  plans: ['plan', 'slug'],
  subscriptions: ['subscription', 'stripe_subscription_id'],
  tenants: ['tenant', 'name'],
  tenant_users: ['member', 'email'],
  tenant_config: ['tenant config', 'tenant_id'],
  tenant_policies: ['tenant policy', 'tenant_id'],
  companies: ['company', 'name'],
  campaigns: ['campaign', 'name'],
  email_accounts: ['account', 'email'],
  feature_flags: ['flag', 'key'],
  system_config: ['config', 'key'],
  staff_members: ['staff', 'user_id'],
  staff_roles: ['role', 'name'],
  staff_role_permissions: ['grant', 'permission_id'],
  operator_logins: ['login', 'login'],
}

/** How people call a row, such as `ip 203.0.113.24`; a row without a name goes by its id. */
export function rowLabel(table: string, row: Row): string {
  const bare = table.replace(/^\w+\./, '')
  const [noun, column] = names[bare] ?? [bare, 'id']
  return `${noun} ${row[column] ?? row.id ?? '?'}`
}

/** Whether a column only says when and by whom its row was written, which the change's record says better. */
export function isBookkeeping(name: string): boolean {
  return name === 'created' || name === 'updated' || name === 'updated_by'
}

/** Whether a column of a whole row tells people nothing: its ids and bookkeeping. */
export function isQuietColumn(name: string): boolean {
  return name === 'id' || name.endsWith('_id') || isBookkeeping(name)
}
