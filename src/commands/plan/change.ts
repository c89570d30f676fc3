import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {type ChangeManyInput, planChanges, type SubscriptionSelection} from '../../changes/plan/change-many.ts'
import {changePlan} from '../../changes/plan/change-plan.ts'
import {isJob} from '../../cli/bulk-command.ts'
import type {Planner} from '../../cli/each-command.ts'
import {bulkFlags} from '../../cli/job-flags.ts'
import {columnsOf} from '../../cli/names/columns-of.ts'
import type {Nameable} from '../../cli/naming-command.ts'
import {PlanMoveCommand, planMoveFlags} from '../../cli/plan-move-command.ts'
import {searchPlans} from '../../queries/plan/search.ts'
import {searchTenants} from '../../queries/tenant/search.ts'
import {UsageError} from '../../rules/errors.ts'
import {parseGivenName} from '../../rules/given-name.ts'
import {liveStatuses} from '../../rules/subscription-status.ts'
import {jobViews} from '../../views/job.ts'
import {planMoveView} from '../../views/plan-move.ts'

// What pm's own lists call the columns that name a subscription, before those of its tenant.
const columns = ['subscription', 'stripe_subscription_id', ...columnsOf.tenant] as const
const tenants: Nameable = {noun: 'tenant', parse: parseGivenName, find: searchTenants, columns}

type ChangeFlags = Interfaces.InferredFlags<typeof PlanChange.flags & typeof PlanChange.baseFlags>

interface Wanted {
  given: readonly string[]
  selected: SubscriptionSelection | undefined
  allowed: Pick<ChangeManyInput, 'allowOverLimit' | 'allowInactive'>
}

export default class PlanChange extends PlanMoveCommand {
  static override permission = 'subscription.write' as const
  static override output = {outcome: planMoveView, job: jobViews.job}
  static override summary = 'Have tenants change their plan when their period ends.'
  static override description =
    "The platform's billing webhooks apply it then. Several tenants, a list (--from-file) or a selection (--from-plan and --status, or --where) are changed one by one, as a job. With --in-stripe, for one tenant, Stripe is told as well, to bill the new plan's active price of the same interval from then on; if Stripe refuses, nothing is written here. Should the connection break just then, run the same command again: nothing is done twice."
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme --to scale --reason "signed the offer"',
    '<%= config.bin %> <%= command.id %> acme --to scale --in-stripe --dry-run',
    '<%= config.bin %> <%= command.id %> --to growth --from-file tenants.csv --rejects left.csv --confirm "10,000 subscriptions"',
    '<%= config.bin %> <%= command.id %> --to growth --from-plan starter --save plan.json',
  ]
  static override usage = '<%= command.id %> TENANT... --to PLAN [FLAGS]'
  static override strict = false
  static override flags = {
    to: Flags.string({helpValue: 'PLAN', description: 'The plan to change to: slug, name, id or Stripe product.'}),
    'from-plan': Flags.string({helpValue: 'PLAN', description: 'All that are subscribed to this plan.'}),
    status: Flags.option({
      options: liveStatuses,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATUS',
    })({
      description: `All whose subscription is in one of these states: ${liveStatuses.join(', ')}.`,
    }),
    'allow-over-limit': Flags.boolean({description: 'Although the tenant is beyond limits of the plan already.'}),
    'allow-inactive': Flags.boolean({description: 'Although the plan is not sold.'}),
    ...bulkFlags,
    ...planMoveFlags,
  }

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(PlanChange)
    if (flags.apply !== undefined) return this.carryOutSaved(flags, jobViews, PlanChange.permission)
    const given = argv.map(String)
    const {to, 'from-plan': fromPlan, status} = flags
    const allowed = {allowOverLimit: flags['allow-over-limit'], allowInactive: flags['allow-inactive']}
    const selected = fromPlan === undefined && status === undefined ? undefined : {fromPlan, status}
    if (selected || given.length > 1 || isJob(given, flags)) return this.changeMany({given, selected, allowed}, flags)
    const tenant = await this.given(given[0], 'tenant', searchTenants)
    const plan = await this.given(to, 'plan', searchPlans, 'to')
    const input = {tenant, to: plan, subscription: flags.subscription, ...allowed, ...this.telling(flags)}
    await this.move(changePlan, input, flags, planMoveView)
  }

  private async changeMany({given, selected, allowed}: Wanted, flags: ChangeFlags): Promise<void> {
    assertForMany(given, flags)
    const prepare = async (): Promise<Planner> => {
      const names = selected ?? (await this.givenMany(given, flags, tenants))
      const to = await this.given(flags.to, 'plan', searchPlans, 'to')
      const input = {names, lineOf: this.lineInList, to, ...allowed}
      return (db, operator, howFar) => planChanges(db, input, operator, howFar)
    }
    await this.carryOutEach({permission: PlanChange.permission, grade: 'moderate', prepare}, flags, jobViews)
  }
}

/** @throws UsageError for what is said of one tenant only, and where two things say which tenants */
function assertForMany(given: readonly string[], flags: ChangeFlags): void {
  const one = ofOneTenant.find((name) => flags[name])
  if (one)
    throw new UsageError(`--${one} is for one tenant, and no job.`, {
      hint: 'Name the one, as the only argument and without --save, --results or --rejects.',
    })
  const [selection] = selections.filter((name) => flags[name] !== undefined)
  const [named = given[0]] = lists.filter((name) => flags[name] !== undefined).map((name) => `--${name}`)
  if (selection === undefined || named === undefined) return
  throw new UsageError(`${named} and --${selection} both say which tenants.`, {
    hint: 'Name them, list them, or select them: one of these.',
  })
}

const ofOneTenant = ['in-stripe', 'subscription'] as const
const selections = ['from-plan', 'status'] as const
const lists = ['from-file', 'where'] as const
