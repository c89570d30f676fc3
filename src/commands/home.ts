import {bannerOf} from '../cli/banner.ts'
import {LiveCommand} from '../cli/live-command.ts'
import {Recent, type Seen} from '../cli/recent.ts'
import {hasLines, hasScreen} from '../cli/screen/has-screen.ts'
import {findEverywhere} from '../queries/find/find.ts'
import {getLive} from '../queries/status/live.ts'
import {kindTones} from '../rules/context.ts'
import {UsageError} from '../rules/errors.ts'
import {attentionEntries} from '../views/attention.ts'

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
    const operator = await this.read(async (_db, found) => found)
    const recent = new Recent(this.config.cacheDir, this.context)
    return {
      place: {text: bannerOf(this.context, operator), tone: kindTones[this.context.kind]},
      find: (typed: string, signal: AbortSignal) =>
        this.read((db, operator) => findEverywhere(db, operator, typed, mostHits, signal)),
      look: this.attention(operator.permissions),
      recent,
      things: {...(await this.things()), seen: (thing: Seen) => recent.add(thing)},
    }
  }

  /** What tells what needs somebody; nobody tells those who may not see it. */
  private attention(permissions: readonly string[]) {
    if (!permissions.includes('ip.read')) return null
    return () => this.read(async (db, operator) => attentionEntries(await getLive(db, operator)))
  }
}
