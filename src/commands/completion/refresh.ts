import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {NameCache} from '../../cli/completion/name-cache.ts'
import {namedNouns, namesOf} from '../../queries/names-of.ts'

// So many names are read at once; of more, those that begin as typed.
const mostNames = 1_000

export default class CompletionRefresh extends PmCommand {
  static override permission = 'none' as const
  static override hidden = true
  static override summary = 'Read the names that Tab completes anew.'
  static override description = 'Tab starts it in the background, whenever the names it has are old.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --noun tenant --beginning acme',
  ]
  static override flags = {
    noun: Flags.option({options: namedNouns, helpValue: 'NOUN'})({description: 'Only the names of this kind.'}),
    beginning: Flags.string({default: '', helpValue: 'TEXT', description: 'Only names that begin so, in any case.'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(CompletionRefresh)
    const cache = new NameCache(this.config.cacheDir, this.context)
    for (const noun of flags.noun ? [flags.noun] : namedNouns) {
      const names = await this.read((db, operator) => namesOf(db, operator, noun, flags.beginning, mostNames))
      if (!names) cache.forget(noun)
      else cache.keep(noun, {...flags, ...names, read: this.around.now().getTime()})
    }
  }
}
