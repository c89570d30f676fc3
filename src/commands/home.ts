import {describePlace} from '../cli/contexts/context.ts'
import {LiveCommand} from '../cli/live-command.ts'
import {Recent} from '../cli/recent.ts'
import {hasScreen} from '../cli/screen/has-screen.ts'
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
    if (!hasScreen(this.around, this.flags)) {
      throw new UsageError('Home is a screen, and there is none here.', {hint: 'In lines: pm status, pm find TEXT'})
    }
    await this.session()
    const {openHome} = await import('../screens/home.ts')
    const {name, place} = this.context
    await openHome({
      place: `${name} · ${describePlace(place)}`,
      find: (typed, signal) => this.read((db, operator) => findEverywhere(db, operator, typed, mostHits, signal)),
      look: () => this.attention(),
      recent: new Recent(this.config.cacheDir, this.context),
      things: await this.things(),
    }).finally(() => this.leave())
  }

  private attention() {
    return this.read(async (db, operator) => {
      if (!operator.permissions.includes('ip.read')) return []
      return attentionEntries(await getLive(db, operator))
    })
  }
}
