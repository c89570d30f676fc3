import {PmCommand} from '../../cli/command.ts'
import {argument, listFlags} from '../../cli/options.ts'
import {searchFlags} from '../../queries/flag/find.ts'
import {assertKnownFlag, flagHistoryOrdering, listFlagChanges} from '../../queries/flag/history.ts'
import {listing} from '../../queries/paging.ts'
import {flagChangeView} from '../../views/flag.ts'

export default class FlagsHistory extends PmCommand {
  static override permission = 'flags.read' as const
  static override output = {list: flagChangeView}
  static override ordering = flagHistoryOrdering
  static override summary = 'List what operators did to a feature flag, newest first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> new_editor',
    '<%= config.bin %> <%= command.id %> new_editor -o csv',
  ]
  static override args = {key: argument({description: "The flag's key; a deleted flag keeps its history."})}
  static override flags = listFlags

  async run(): Promise<void> {
    const {args} = await this.parse(FlagsHistory)
    const key = await this.given(args.key, 'flag', searchFlags)
    await this.read((db) => assertKnownFlag(db, key))
    await this.list(
      flagChangeView,
      listing(flagHistoryOrdering, (db) => listFlagChanges(db, key)),
    )
  }
}
