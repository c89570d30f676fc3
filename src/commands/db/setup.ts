import * as Flags from '@oclif/core/flags'
import {applySetup} from '../../changes/db/setup.ts'
import {canAsk} from '../../cli/ask.ts'
import {PmCommand} from '../../cli/command.ts'
import {requireConsent, requireWritable} from '../../cli/consent.ts'
import {describePlace} from '../../cli/contexts/context.ts'
import {drawSections} from '../../cli/draw-sections.ts'
import {recordFlags, writeFlags} from '../../cli/options.ts'
import {planSetup} from '../../queries/db/setup.ts'
import {pendingItems, type SetupPlan} from '../../queries/db/setup-plan.ts'
import {exitCodes} from '../../rules/exit-codes.ts'
import {setupSections, setupView} from '../../views/db-setup.ts'

interface SetupFlags {
  yes: boolean
  confirm: string | undefined
  write: boolean
}

export default class DbSetup extends PmCommand {
  static override permission = 'none' as const
  static override output = {list: setupView}
  static override summary = 'Bring a database up to date for pm; safe to repeat.'
  static override description =
    "Needs the login of the database's owner. Adds pm's own tables, its guard and its catalogue of permissions and roles, in one transaction; in an empty database also the platform's tables. What the platform has stays as it is, unless --mend-policies asks for more. An owner then enrolls the first operator: pm staff enroll."
  static override examples = [
    '<%= config.bin %> <%= command.id %> --context staging --dry-run',
    '<%= config.bin %> <%= command.id %> --context staging --mend-policies --yes',
  ]
  static override flags = {
    'mend-policies': Flags.boolean({
      description: "Also rewrite the platform's policies that raise where a setting of theirs is unset or empty.",
    }),
    'dry-run': writeFlags['dry-run'],
    yes: writeFlags.yes,
    confirm: writeFlags.confirm,
    write: writeFlags.write,
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(DbSetup)
    const plan = await this.look((db) => planSetup(db, this.context.identity, flags['mend-policies']))
    await this.showPlan(plan)
    if (pendingItems(plan).length === 0) return this.endUnchanged(plan)
    if (flags['dry-run']) return this.endDryRun(plan)
    await this.requireConsent(plan, flags)
    this.interruption.check()
    const items = await applySetup(await this.session(), plan)
    await this.showRows(setupView, items)
    this.say(this.here('\nDone. See that all is well: pm db check   Enroll operators: pm staff enroll'))
  }

  // The banner over the plan says it all.
  protected override announce(): void {}

  private async showPlan(plan: SetupPlan): Promise<void> {
    const {name, kind, place} = this.context
    this.say(`▸ ${[name === kind ? name : `${name}, ${kind}`, describePlace(place), `as ${plan.login}`].join(' · ')}`)
    const sections = setupSections(plan)
    if (sections.length > 0) this.say(`\n${await drawSections(sections, this.around, this.flags)}`)
  }

  private async endUnchanged({items}: SetupPlan): Promise<void> {
    await this.showRows(setupView, items)
    this.say('Nothing to do: the database is up to date.')
  }

  private async endDryRun({items}: SetupPlan): Promise<void> {
    await this.showRows(setupView, items)
    process.exitCode = exitCodes.checkFailed.code
  }

  /** Moderate; but who rewrites the policies of a production platform types the database's name. */
  private async requireConsent({database, policies, items}: SetupPlan, flags: SetupFlags): Promise<void> {
    requireWritable(this.context, flags, this.commandLine)
    const grade = this.context.kind === 'production' && policies.length > 0 ? 'severe' : 'moderate'
    const subject = {subject: database, headline: `Set ${database} up: ${items.length} items.`, rows: []}
    const ask = canAsk(this.terminal, this.flags['no-input']) ? this.around.asker : undefined
    await requireConsent(grade, subject, flags, ask, {line: this.commandLine})
  }
}
