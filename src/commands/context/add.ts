import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {parseNewContextName} from '../../cli/contexts/context-name.ts'
import {chosenHere} from '../../cli/contexts/here.ts'
import {newContext, secretsOf, withSecrets} from '../../cli/contexts/new-context.ts'
import {contextDetail, contextRow} from '../../cli/contexts/overview.ts'
import {readSecrets} from '../../cli/contexts/read-secrets.ts'
import {contextNamed, storeOf} from '../../cli/contexts/resolve.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {serverKinds} from '../../rules/context.ts'
import {stripeModes} from '../../rules/stripe-mode.ts'
import {contextDetailView, contextSections} from '../../views/context.ts'

export default class ContextAdd extends PmCommand {
  static override permission = 'none' as const
  static override summary = 'Save where a database is, under a name.'
  static override description =
    'The server is verified by its certificate unless it is this machine. A password never stands on the command line: it is read from stdin, or taken from PGPASSWORD or ~/.pgpass when it is needed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> staging --kind staging --host db.staging.example --user ada',
    '<%= config.bin %> <%= command.id %> production --kind production --url postgres://ada@db.example/app --password-stdin < password',
    '<%= config.bin %> <%= command.id %> production --kind production --host db.example --ca-file ca.pem --replica-host db-2.example',
  ]
  static override args = {name: argument({description: 'What to call it.', required: true})}
  static override flags = {
    kind: Flags.option({options: serverKinds, required: true, helpValue: 'KIND'})({
      description: 'development, staging or production, which is read-only without --write.',
    }),
    url: Flags.string({
      helpValue: 'URL',
      description: 'postgres://USER@HOST:PORT/DATABASE, without a password.',
      exclusive: ['host', 'port', 'database', 'user'],
    }),
    host: Flags.string({helpValue: 'HOST', description: 'The host, or the folder of a Unix socket.'}),
    port: Flags.integer({min: 1, max: 65_535, helpValue: 'PORT', description: 'Default: 5432.'}),
    database: Flags.string({helpValue: 'NAME', description: 'Default: the name of the user.'}),
    user: Flags.string({helpValue: 'LOGIN', description: 'Default: your login on this machine.'}),
    'password-stdin': Flags.boolean({description: 'Take the password from stdin, or ask; save it.'}),
    'ca-file': Flags.string({
      helpValue: 'FILE',
      description: 'The server’s authority, in PEM; or “system”.',
    }),
    'replica-host': Flags.string({helpValue: 'HOST', description: 'A replica to read from.'}),
    'replica-port': Flags.integer({
      min: 1,
      max: 65_535,
      helpValue: 'PORT',
      description: 'Default: as --port.',
      dependsOn: ['replica-host'],
    }),
    'declared-email': Flags.string({
      helpValue: 'EMAIL',
      description: 'Whom to be, where the database has no logins.',
    }),
    'stripe-mode': Flags.option({options: stripeModes, helpValue: 'MODE'})({
      description: 'Stripe’s world. Default: live for production, else test.',
    }),
    'stripe-key-stdin': Flags.boolean({
      description: 'Take a key to Stripe from stdin, behind the password.',
    }),
    'secret-command': Flags.string({
      helpValue: 'COMMAND',
      description: 'A shell command that stores the private key on its stdin under PM_SECRET_REF, such as a vault’s.',
    }),
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ContextAdd)
    const name = parseNewContextName(args.name ?? '')
    const context = newContext(flags, this.around.workingFolder)
    const secrets = await readSecrets(secretsOf(flags), this.terminal, flags['no-input'])
    storeOf(this.sources).add(name, withSecrets(context, secrets))
    const {chosen_by} = contextRow(name, this.sources, chosenHere(this.sources))
    const saved = contextDetail(contextNamed(name, this.sources), chosen_by, this.sources)
    await this.show(saved, contextDetailView, contextSections(saved))
    this.terminal.say(`Saved. To work there: pm context use ${name}, or --context ${name} for one command.`)
  }
}
