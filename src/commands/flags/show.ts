import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getFlag, searchFlags} from '../../queries/flag/find.ts'
import {listFlagChanges} from '../../queries/flag/history.ts'
import {flagDetailView, flagSections} from '../../views/flag.ts'

const recentChanges = 10

export default class FlagsShow extends PmCommand {
  static override permission = 'flags.read' as const
  static override output = {record: flagDetailView}
  static override summary = 'Show one feature flag and what was done to it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> new_editor',
    '<%= config.bin %> <%= command.id %> new_editor -o json --fields enabled,rollout',
  ]
  static override args = {key: argument({description: "The flag's key."})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(FlagsShow)
    const key = await this.given(args.key, 'flag', searchFlags)
    const flag = await this.read(async (db) => ({
      ...(await getFlag(db, key)),
      history: await listFlagChanges(db, key).orderBy('c.id', 'desc').limit(recentChanges).execute(),
    }))
    await this.show(flag, flagDetailView, flagSections(flag))
  }
}
