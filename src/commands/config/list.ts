import * as Flags from '@oclif/core/flags'
import {listFlags} from '../../cli/options.ts'
import {RevealCommand, revealFlags} from '../../cli/reveal-command.ts'
import {configOrdering, listConfig} from '../../queries/config/list.ts'
import {listing} from '../../queries/paging.ts'
import {configView} from '../../views/config.ts'

export default class ConfigList extends RevealCommand {
  static override permission = 'config.read' as const
  static override output = {list: configView}
  static override ordering = configOrdering
  static override summary = 'List system configuration; sensitive values are masked unless they are revealed.'
  static override description =
    'With --reveal sensitive values show in clear, those of 50 rows, or more with --limit. It needs a permission of its own, and every use is kept.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --category smtp',
    '<%= config.bin %> <%= command.id %> --no-sensitive -o json',
    '<%= config.bin %> <%= command.id %> --sensitive --reveal --reason "rotation, ticket 812"',
  ]
  static override flags = {
    category: Flags.string({helpValue: 'NAME', description: 'Only this category.'}),
    sensitive: Flags.boolean({allowNo: true, description: 'Only sensitive values; --no-sensitive for the others.'}),
    search: Flags.string({helpValue: 'TEXT', description: 'Only keys or descriptions that hold this.'}),
    ...revealFlags,
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(ConfigList)
    const config = (clear: readonly string[]) => listing(configOrdering, (db) => listConfig(db, flags, clear))
    if (!flags.reveal) return this.list(configView, config([]))
    const masked = await this.read((db) => config([]).query(db, this.revealedPage(configView)).execute())
    const keys = masked.flatMap(({key, sensitive}) => (sensitive ? key : []))
    const targets = keys.map((key) => `config:${key}`)
    await this.listRevealed(configView, config(keys), {permission: 'config.reveal', targets, reason: flags.reason})
  }
}
