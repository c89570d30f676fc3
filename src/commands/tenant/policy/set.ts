import {setTenantPolicy} from '../../../changes/tenant/settings.ts'
import {argument, writeFlags} from '../../../cli/options.ts'
import {settingsHelp} from '../../../cli/settings-help.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {searchTenants} from '../../../queries/tenant/search.ts'
import {parseSettings} from '../../../rules/parse-settings.ts'
import {policySettings} from '../../../rules/tenant-settings.ts'

export default class TenantPolicySet extends WriteCommand {
  static override permission = 'tenant.write' as const
  static override output = {outcome: undefined}
  static override summary = "Set a tenant's policies; nothing behind the = is the default."
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme two_factor_required=true session_timeout_hours=4',
    '<%= config.bin %> <%= command.id %> acme password_min_length= --reason "ticket 812" --yes',
  ]
  static override usage = '<%= command.id %> TENANT NAME=VALUE... [FLAGS]'
  static override strict = false
  static override args = {
    tenant: argument({description: 'The tenant: name, id or a domain of it.'}),
    'name=value': argument({description: settingsHelp(policySettings)}),
  }
  static override flags = writeFlags

  async run(): Promise<void> {
    const {raw, flags} = await this.parse(TenantPolicySet)
    const [named, ...words] = raw.filter(({type}) => type === 'arg').map(({input}) => input)
    const values = parseSettings(words, policySettings)
    const tenant = await this.given(named, 'tenant', searchTenants)
    await this.carryOut(setTenantPolicy, {tenant, values}, flags)
  }
}
