import * as Flags from '@oclif/core/flags'
import {rotateKey} from '../../../changes/domain/rotate-key.ts'
import {KeyFile} from '../../../cli/key-file.ts'
import {argument, writeFlags} from '../../../cli/options.ts'
import {WriteCommand} from '../../../cli/write-command.ts'
import {newDkimKey} from '../../../dns/dkim/new-key.ts'
import {searchDomains} from '../../../queries/domain/search.ts'
import {recordEditView} from '../../../views/record-edit.ts'

export default class DomainDkimRotate extends WriteCommand {
  static override permission = 'domain.write' as const
  static override output = {outcome: recordEditView}
  static override summary = 'Make a new DKIM key for a domain, beside those it has.'
  static override description =
    'The public key is stored and waits to be published and deployed; until then the old keys sign. The private key goes to a new file that only you can read, and is never shown: put it where the secret reference of the record says.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme.example --key-file acme-pm2.pem',
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
      required: true,
      helpValue: 'FILE',
      description: 'The new file for the private key, in PKCS #8 PEM. It is never written over.',
    }),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(DomainDkimRotate)
    const domain = await this.given(args.domain, 'domain', searchDomains)
    const file = new KeyFile(flags['key-file'], this.around.workingFolder)
    const {privateKey, publicKey, record} = await newDkimKey(flags.algorithm)
    const input = {
      domain,
      selector: flags.selector,
      key: {publicKey, record},
      keep: async () => file.write(privateKey),
      keptIn: file.path,
    }
    const {plan, changeId} = await this.make(rotateKey, input, flags, recordEditView).catch((error: unknown) => {
      file.takeBack(error)
      throw error
    })
    await this.showOutcome(plan, recordEditView, changeId)
  }
}
