import * as Flags from '@oclif/core/flags'
import type * as Interfaces from '@oclif/core/interfaces'
import {describePlace} from '../cli/contexts/context.ts'
import {untilEnding} from '../cli/endings.ts'
import {LiveCommand} from '../cli/live-command.ts'
import {recordFlags} from '../cli/options.ts'
import {Follower} from '../cli/screen/follower.ts'
import {hasLines, hasScreen} from '../cli/screen/has-screen.ts'
import {getLive, type Live} from '../queries/status/live.ts'
import {liveChanges, liveSections, liveView} from '../views/live.ts'

type TopFlags = Interfaces.InferredFlags<typeof Top.flags>

export default class Top extends LiveCommand {
  static override permission = 'ip.read' as const
  static override output = {record: liveView}
  static override summary = 'Watch the platform live: IPs, warm-ups, domains, jobs and changes.'
  static override description =
    'A board that is drawn anew as things change. Arrows and PgUp, PgDn, Home, End choose, Enter opens what is chosen, with what can be done with it; r looks at once, q goes back and ends it. Off a terminal, and with -o, it shows the platform once. With PM_ACCESSIBLE=1 it says what changes line by line.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --every 10',
    '<%= config.bin %> <%= command.id %> -o json --fields jobs,failing',
  ]
  static override flags = {
    every: Flags.integer({
      min: 1,
      max: 3_600,
      default: 2,
      helpValue: 'SECONDS',
      description: 'How often it looks.',
    }),
    ...recordFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Top)
    const first = await this.live()
    try {
      if (hasScreen(this.around, flags)) await this.watch(first, flags)
      else await this.tell(first, flags)
    } finally {
      this.leave()
    }
  }

  private live(): Promise<Live> {
    return this.read(getLive)
  }

  private async watch(first: Live, {every}: TopFlags): Promise<void> {
    const {openTop} = await import('../screens/top.ts')
    const {name, place} = this.context
    await openTop({
      place: `${name} · ${describePlace(place)}`,
      first,
      look: () => this.live(),
      wait: () => this.pause(every),
      style: this.screenStyle,
      things: await this.things(),
    })
  }

  private async tell(first: Live, flags: TopFlags): Promise<void> {
    await this.show(first, liveView, liveSections(first, this.here))
    if (hasLines(this.around, flags))
      await untilEnding(
        () => this.leave(),
        () => this.tellOn(first, flags),
      )
  }

  private async tellOn(first: Live, {every}: TopFlags): Promise<void> {
    let [before, now, told] = [first, first, '']
    const follower = new Follower({
      look: async () => {
        now = await this.live()
      },
      wait: () => this.pause(every),
      show: (trouble) => {
        const lines = trouble === null ? liveChanges(before, now) : [trouble].filter((line) => line !== told)
        for (const line of lines) this.say(line)
        before = now
        told = trouble ?? ''
      },
    })
    await follower.follow()
  }
}
