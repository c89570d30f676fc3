import * as Flags from '@oclif/core/flags'
import {rotateKey} from '../../../changes/domain/rotate-key.ts'
import {KeyFile} from '../../../cli/key-file.ts'
import {argument, writeFlags} from '../../../cli/options.ts'
import {keepSecret} from '../../../cli/secret-command.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {newDkimKey} from '../../../dns/dkim/new-key.ts'
import {searchDomains} from '../../../queries/domain/search.ts'
import {UsageError} from '../../../rules/errors.ts'
import {recordEditView} from '../../../views/record-edit.ts'

/** Where a private key goes. */
interface KeyKeeper {
  where: string
  keep(key: string, reference: string): Promise<void>
  /** Undoes it as far as that can be, when the change failed that it was for. */
  takeBack(error: unknown): void
}

export default class DomainDkimRotate extends WriteCommand {
  static override permission = 'domain.write' as const
  static override output = {outcome: recordEditView}
  static override summary = 'Make a new DKIM key for a domain, beside those it has.'
  static override description =
    'The public key is stored and waits to be published and deployed; until then the old keys sign. The private key is never shown: it goes to a new file that only you can read, or to the command for secrets of the context (pm context add --secret-command). Where that fails, nothing is changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example --key-file acme-pm2.pem',
    '<%= config.bin %> <%= command.id %> acme.example --context production --write --reason "yearly"',
    '<%= config.bin %> <%= command.id %> acme.example --selector pm7 --algorithm ed25519 --key-file pm7.pem --yes',
  ]
  static override args = {domain: argument({description: 'The domain: name or id.'})}
  static override flags = {
    selector: Flags.string({
      helpValue: 'SELECTOR',
      description: 'What to publish it under; by default the one behind the newest, such as pm2.',
    }),
    algorithm: Flags.option({options: ['rsa', 'ed25519'] as const, default: 'rsa', helpValue: 'NAME'})({
      description: 'rsa, of 2048 bits, which all receivers verify; or ed25519, which some do.',
    }),
    'key-file': Flags.string({
      helpValue: 'FILE',
      description:
        'The new file for the private key, in PKCS #8 PEM. It is never written over. Default: the context’s command for secrets gets the key.',
    }),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainDkimRotate)
    const domain = await this.given(args.domain, 'domain', searchDomains)
    const keeper = this.keeper(flags['key-file'])
    const {privateKey, publicKey, record} = await newDkimKey(flags.algorithm)
    const input = {
      domain,
      selector: flags.selector,
      key: {publicKey, record},
      keep: (reference: string) => keeper.keep(privateKey, reference),
      keptIn: keeper.where,
    }
    const {plan, changeId} = await this.make(rotateKey, input, flags, recordEditView).catch((error: unknown) => {
      keeper.takeBack(error)
      throw error
    })
    await this.showOutcome(plan, recordEditView, changeId)
  }
  private keeper(path: string | undefined): KeyKeeper {
    const {secretCommand, name} = this.context
    if (path !== undefined) return inFile(new KeyFile(path, this.around.workingFolder))
    if (secretCommand === undefined)
      throw new UsageError('Where shall the private key go?', {
        hint: 'To a new file: --key-file FILE. Or to a vault: pm context add --secret-command COMMAND',
      })
    const limits = {env: this.around.env, signal: this.interruption.signal, timeoutMs: this.timeoutMs}
    return {
      where: `the command for secrets of ${name}`,
      keep: (secret, reference) => keepSecret(secretCommand, {secret, reference}, limits),
      takeBack: () => {},
    }
  }
}

function inFile(file: KeyFile): KeyKeeper {
  return {where: file.path, keep: async (key) => file.write(key), takeBack: (error) => file.takeBack(error)}
}
