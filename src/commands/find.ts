import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../cli/command.ts'
import {recordFlags} from '../cli/options.ts'
import {findEverywhere} from '../queries/find/find.ts'
import {NotFound, UsageError} from '../rules/errors.ts'
import {hitView} from '../views/hit.ts'

const wholeOnly =
  'A workspace, and the Stripe id of a customer, subscription or payment, is found only as a whole, in its own case. Leads: pm lead find --tenant TENANT --search ADDRESS'

export default class Find extends PmCommand {
  static override permission = 'none' as const
  static override output = {list: hitView}
  static override summary = 'Find anything by its name, address, key or Stripe id.'
  static override description =
    'Looks through tenants, domains, IPs, users, companies, accounts, campaigns, templates, plans, flags, configuration and VPS instances, as far as the operator may see them. What is exactly so comes first, then what begins so. The workspace of a company and the Stripe id of a customer, subscription or payment are found only as a whole. Leads are not looked through: pm lead find --tenant TENANT.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme',
    '<%= config.bin %> <%= command.id %> 203.0.113 -o name',
    '<%= config.bin %> <%= command.id %> sub_1QdGTnsCh2mFpJg4iLRHvcvK',
  ]
  static override usage = '<%= command.id %> TEXT [FLAGS]'
  static override strict = false
  static override flags = {
    limit: Flags.integer({min: 1, max: 200, default: 20, helpValue: 'N', description: 'At most so many hits.'}),
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Find)
    const text = argv.join(' ').trim()
    if (text === '') throw new UsageError('Find what?', {hint: 'Give the beginning of a name: pm find acme'})
    const hits = await this.read((db, operator) => findEverywhere(db, operator, text, flags.limit))
    if (hits.length === 0)
      throw new NotFound(`Nothing that you may see is or begins with “${text}”.`, {hint: wholeOnly})
    await this.showRows(hitView, hits)
  }
}
