import * as Flags from '@oclif/core/flags'
import {type SeedProgress, seedDatabase} from '../../changes/db/seed.ts'
import {canAsk} from '../../cli/ask.ts'
import {PmCommand} from '../../cli/command.ts'
import {requireConsent} from '../../cli/consent.ts'
import {describePlace} from '../../cli/contexts/context.ts'
import {recordFlags, writeFlags} from '../../cli/options.ts'
import {hasTenants} from '../../queries/tenant/any.ts'
import {Conflict} from '../../rules/errors.ts'
import {seededView} from '../../views/seeded.ts'

export default class DbSeed extends PmCommand {
  static override permission = 'none' as const
  static override output = {list: seededView}
  static override summary = 'Fill a development database with tenants, to try and measure at size.'
  static override description =
    "Needs the login of the database's owner, and a database without tenants. Each tenant comes with 2 users, 5 domains, 10 leads and what goes with them. All of them come or none; meanwhile nobody else can use these tables. Refused in production, and in the sandbox."
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tenants 1000 --context dev',
    '<%= config.bin %> <%= command.id %> --tenants 200000 --context dev --yes',
  ]
  static override flags = {
    tenants: Flags.integer({required: true, min: 1, max: 5_000_000, helpValue: 'N', description: 'How many tenants.'}),
    yes: writeFlags.yes,
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(DbSeed)
    const {name, kind, place} = this.context
    if (kind === 'production' || place.type === 'sandbox') {
      throw new Conflict(`${name} is not a database to be filled with made-up tenants.`, {
        hint: 'Choose a development context with --context.',
      })
    }
    if (await this.look(hasTenants)) {
      throw new Conflict(`${name} has tenants already.`, {hint: 'Made-up tenants go into a database of their own.'})
    }
    const headline = `Fill ${describePlace(place)} with ${counted(flags.tenants)} made-up tenants. This cannot be undone.`
    this.say(headline)
    const ask = canAsk(this.terminal, this.flags['no-input']) ? this.around.asker : undefined
    await requireConsent('moderate', {subject: name, headline, rows: []}, flags, ask, {line: this.commandLine})
    this.say('Seeding…')
    const {signal} = this.interruption
    const onProgress = (progress: SeedProgress) => this.terminal.status(inWords(progress))
    const seeded = await seedDatabase(place.server, flags.tenants, {signal, onProgress}).finally(() =>
      this.terminal.status(null),
    )
    await this.showRows(seededView, [seeded])
  }
}

function inWords({what, done, of}: SeedProgress): string {
  return `${counted(done)} of ${counted(of)} ${what}`
}

function counted(number: number): string {
  return number.toLocaleString('en')
}
