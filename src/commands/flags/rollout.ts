import {rollOutFlag} from '../../changes/flag/edit.ts'
import {rollOutTo} from '../../changes/flag/roll-out-to.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {tenantFlags, tenants} from '../../cli/tenant-names.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchFlags} from '../../queries/flag/find.ts'
import {UsageError} from '../../rules/errors.ts'
import {parsePercentage} from '../../rules/flag-key.ts'
import {reachedTenantView} from '../../views/flag.ts'

export default class FlagsRollout extends WriteCommand {
  static override permission = 'flags.write' as const
  static override output = {outcome: reachedTenantView}
  static override summary = 'Set the share of tenants that get a feature flag while it is on.'
  static override description =
    'Raising the share only adds tenants. Which ones: pm flags test KEY --tenant NAME. Of tenants that are named, in a list or selected, the least share is taken that reaches all of them, and never less than now: others get the flag as well, since the platform gives it to no tenant by name.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> new_editor 50',
    '<%= config.bin %> <%= command.id %> new_editor 100 --reason "no complaints" --yes',
    '<%= config.bin %> <%= command.id %> new_editor --from-file beta.csv --dry-run',
  ]
  static override args = {
    key: argument({description: "The flag's key."}),
    percent: argument({description: 'A whole number from 0 to 100; - for tenants on stdin.'}),
  }
  static override flags = {...tenantFlags, ...writeFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(FlagsRollout)
    const key = await this.given(args.key, 'flag', searchFlags)
    const given = [...(args.percent === '-' ? ['-'] : []), ...flags.tenant]
    const isToTenants = given.length > 0 || flags['from-file'] !== undefined || flags.where !== undefined
    const percentage = args.percent === undefined || args.percent === '-' ? undefined : parsePercentage(args.percent)
    if (isToTenants === (percentage !== undefined)) throw notOne(key, percentage)
    if (percentage !== undefined) return this.carryOut(rollOutFlag, {key, percentage}, flags)
    const named = await this.givenMany(given, flags, tenants)
    if (named.length > 0) await this.carryOut(rollOutTo, {key, tenants: named}, flags, reachedTenantView)
  }
}

function notOne(key: string, percentage: number | undefined): UsageError {
  const hint = `By share: pm flags rollout ${key} 50   To reach tenants: pm flags rollout ${key} --tenant NAME`
  if (percentage === undefined) return new UsageError('To which share of tenants, or to which tenants?', {hint})
  return new UsageError('A share and tenants were given, and either says how far to roll out.', {hint})
}
