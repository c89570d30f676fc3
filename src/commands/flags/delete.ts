import {deleteFlag} from '../../changes/flag/edit.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchFlags} from '../../queries/flag/find.ts'

export default class FlagsDelete extends WriteCommand {
  static override permission = 'flags.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Delete a feature flag.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> new_editor',
    '<%= config.bin %> <%= command.id %> new_editor --reason "is everywhere" --confirm new_editor',
  ]
  static override args = {key: argument({description: "The flag's key."})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(FlagsDelete)
    const key = await this.given(args.key, 'flag', searchFlags)
    await this.carryOut(deleteFlag, {key}, flags)
  }
}
