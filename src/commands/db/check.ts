import {PmCommand} from '../../cli/command.ts'
import {recordFlags} from '../../cli/options.ts'
import {checkDatabase} from '../../queries/db/check.ts'
import {exitCodes} from '../../rules/exit-codes.ts'
import {findingView} from '../../views/db-check.ts'

export default class DbCheck extends PmCommand {
  static override permission = 'none' as const
  static override output = {list: findingView}
  static override summary = 'Compare the database with what pm expects; exits 9 where they differ.'
  static override description =
    "Tables, columns, constraints, indexes, row-level security, policies, and pm's own guard and grants, against what pm's migrations make in an embedded database. More tables and columns than that are no difference. Owners and enrolled operators may ask."
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --context staging -o json --fields object,finding,hint',
  ]
  static override flags = recordFlags

  async run(): Promise<void> {
    await this.parse(DbCheck)
    await this.session()
    this.say("Comparing with what pm's migrations make…")
    const findings = await this.look((db) => checkDatabase(db, this.context.identity))
    const told = findings.map((finding) => ({...finding, hint: this.here(finding.hint)}))
    await this.showRows(findingView, told)
    if (findings.length === 0) return this.say('The database is as pm expects it.')
    this.say(findings.length === 1 ? '1 finding.' : `${findings.length} findings.`)
    process.exitCode = exitCodes.checkFailed.code
  }
}
