import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {getFlag, searchFlags} from '../../queries/flag/find.ts'
import {getTenant} from '../../queries/tenant/find.ts'
import {decideRollout, rolloutVectors} from '../../rules/rollout.ts'
import {flagTestView} from '../../views/flag.ts'

const vectors = rolloutVectors.map(({key, tenantId, bucket}) => `${key}:${tenantId} is ${bucket}`).join(', ')

export default class FlagsTest extends PmCommand {
  static override permission = 'flags.read' as const
  static override output = {list: flagTestView}
  static override summary = 'Tell which tenants get a feature flag, and why.'
  static override description =
    `A tenant falls into bucket 0 to 99: the first 32 bits of SHA-256 over KEY:TENANT_ID in UTF-8, the id in lower case, as an unsigned big-endian integer, modulo 100. It gets the flag when the flag is on and its bucket is below the rollout. For who must compute the same: ${vectors}.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> new_editor --tenant acme',
    '<%= config.bin %> <%= command.id %> new_editor --tenant acme --tenant "Harbor & Pine" -o json',
  ]
  static override args = {key: argument({description: "The flag's key."})}
  static override flags = {
    tenant: Flags.string({
      required: true,
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'TENANT',
      description: 'A tenant by name, id, domain or Stripe id; as often as needed.',
    }),
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(FlagsTest)
    const key = await this.given(args.key, 'flag', searchFlags)
    const tests = await this.read(async (db) => {
      const {enabled, rollout: percentage} = await getFlag(db, key)
      const tenants = await Promise.all(flags.tenant.map((named) => getTenant(db, named)))
      return tenants.map(({id, name}) => ({
        tenant: name,
        ...decideRollout({key, enabled, percentage}, id),
        tenant_id: id,
      }))
    })
    await this.showRows(flagTestView, tests)
  }
}
