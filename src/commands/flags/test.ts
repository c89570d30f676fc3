import {PmCommand} from '../../cli/command.ts'
import {recordFlags} from '../../cli/options.ts'
import {tenantFlags, tenants} from '../../cli/tenant-names.ts'
import {getFlag, searchFlags} from '../../queries/flag/find.ts'
import {getTenants} from '../../queries/tenant/find-many.ts'
import {decideRollout, rolloutVectors} from '../../rules/rollout.ts'
import {flagTestView} from '../../views/flag.ts'

const vectors = rolloutVectors.map(({key, tenantId, bucket}) => `${key}:${tenantId} is ${bucket}`).join(', ')

export default class FlagsTest extends PmCommand {
  static override permission = 'flags.read' as const
  static override output = {list: flagTestView}
  static override summary = 'Tell which tenants get a feature flag, and why.'
  static override description =
    `The platform gives a flag to a share of all tenants, and to none by name. A tenant falls into bucket 0 to 99: the first 32 bits of SHA-256 over KEY:TENANT_ID in UTF-8, the id in lower case, as an unsigned big-endian integer, modulo 100. It gets the flag when the flag is on and its bucket is below the rollout. For who must compute the same: ${vectors}.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> new_editor --tenant acme',
    '<%= config.bin %> <%= command.id %> new_editor --tenant acme --tenant "Harbor & Pine" -o json',
    '<%= config.bin %> <%= command.id %> new_editor --from-file beta.csv -o csv',
  ]
  static override usage = '<%= command.id %> KEY TENANT... [FLAGS]'
  static override strict = false
  static override flags = {...tenantFlags, ...recordFlags}

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(FlagsTest)
    const [named, ...given] = argv.map(String)
    const key = await this.given(named, 'flag', searchFlags)
    const names = await this.givenMany([...given, ...flags.tenant], flags, tenants)
    const {enabled, rollout: percentage} = await this.read((db) => getFlag(db, key))
    const found = await this.findKnown(names, (known) => this.read((db) => getTenants(db, known)))
    const tests = found.map(({id, name}) => ({
      tenant: name,
      ...decideRollout({key, enabled, percentage}, id),
      tenant_id: id,
    }))
    await this.showRows(flagTestView, tests)
    const getting = tests.filter(({gets}) => gets).length
    if (tests.length > 1) this.say(`${getting.toLocaleString('en')} of ${tests.length.toLocaleString('en')} get it.`)
  }
}
