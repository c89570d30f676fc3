import {setTenantConfig} from '../../../changes/tenant/settings.ts'
import {argument, writeFlags} from '../../../cli/options.ts'
import {settingsHelp} from '../../../cli/settings-help.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {searchTenants} from '../../../queries/tenant/search.ts'
import {parseSettings} from '../../../rules/parse-settings.ts'
import {configSettings} from '../../../rules/tenant-settings.ts'

export default class TenantConfigSet extends WriteCommand {
  static override permission = 'tenant.write' as const
  static override output = {outcome: undefined}
  static override summary = "Set a tenant's settings; nothing behind the = is the default."
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme ui_timezone=Europe/Paris ui_date_format=DD/MM/YYYY',
    '<%= config.bin %> <%= command.id %> acme theme_logo_url= --reason "ticket 812" --yes',
  ]
  static override usage = '<%= command.id %> TENANT NAME=VALUE... [FLAGS]'
  static override strict = false
  static override args = {
    tenant: argument({description: 'The tenant: name, id or a domain of it.'}),
    'name=value': argument({description: settingsHelp(configSettings)}),
  }
  static override flags = writeFlags

  async run(): Promise<void> {
    const {raw, flags} = await this.parse(TenantConfigSet)
    const [named, ...words] = raw.filter(({type}) => type === 'arg').map(({input}) => input)
    const values = parseSettings(words, configSettings)
    const tenant = await this.given(named, 'tenant', searchTenants)
    await this.carryOut(setTenantConfig, {tenant, values}, flags)
  }
}
