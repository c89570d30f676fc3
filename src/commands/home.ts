import {describePlace} from '../cli/contexts/context.ts'
import {LiveCommand} from '../cli/live-command.ts'
import {Recent} from '../cli/recent.ts'
import {hasLines, hasScreen} from '../cli/screen/has-screen.ts'
import {findEverywhere} from '../queries/find/find.ts'
import {getLive} from '../queries/status/live.ts'
import {UsageError} from '../rules/errors.ts'
import {attentionEntries} from '../views/live.ts'

const mostHits = 30

export default class Home extends LiveCommand {
  static override permission = 'none' as const
  static override hidden = true
  static override summary = 'Search everything, and act on what is found: pm alone does the same.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --context production',
  ]

  async run(): Promise<void> {
    await this.parse(Home)
    const isDrawn = hasScreen(this.around, this.flags)
    if (!isDrawn && !hasLines(this.around, this.flags)) {
      throw new UsageError('Home is for a terminal, and this is none.', {hint: 'In a script: pm status, pm find TEXT'})
    }
    await this.session()
    try {
      if (isDrawn) await (await import('../screens/home.ts')).openHome(await this.home())
      else await this.tell()
    } finally {
      this.leave()
    }
  }

  private async tell(): Promise<void> {
    const [{tellHome}, {askLine}] = await Promise.all([
      import('../screens/home-lines.ts'),
      import('../cli/ask-line.ts'),
    ])
    await tellHome(await this.home(), {say: (line) => this.terminal.say(line), ask: askLine})
  }

  private async home() {
    const {name, place} = this.context
    return {
      place: `${name} · ${describePlace(place)}`,
      find: (typed: string, signal: AbortSignal) =>
        this.read((db, operator) => findEverywhere(db, operator, typed, mostHits, signal)),
      look: () => this.attention(),
      recent: new Recent(this.config.cacheDir, this.context),
      things: await this.things(),
    }
  }

  private attention() {
    return this.read(async (db, operator) => {
      if (!operator.permissions.includes('ip.read')) return []
      return attentionEntries(await getLive(db, operator))
    })
  }
}
