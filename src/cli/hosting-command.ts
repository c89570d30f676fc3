import {AskingCommand} from './asking-command.ts'
import type {OpenedSession} from './open-session.ts'
import {LeanConfig} from './project.ts'
import type {Host} from './screen/run-line.ts'

/** A command beside which others run: in the same place, over the session that is open. */
export abstract class HostingCommand extends AskingCommand {
  /** Runs another command line in the same place, over the session that is open. */
  protected async runLine(words: readonly string[]): Promise<void> {
    const {runLine} = await import('./screen/run-line.ts')
    await runLine(this.inPlace(words), await this.host())
  }

  /** A command line in the same place as this one. */
  protected inPlace(words: readonly string[]): readonly string[] {
    const {context} = this.flags
    return context === undefined ? words : [...words, '--context', context]
  }

  /** What another command line finds around it: the session that is open. */
  protected async host(): Promise<Host> {
    return this.hostOver(await this.session())
  }

  /** The same of one that reads on the primary alone, as all that a write decides on. */
  protected async hostOnPrimary(): Promise<Host> {
    const {replica: _, ...primary} = await this.session()
    return this.hostOver(primary)
  }

  private hostOver(session: Omit<OpenedSession, 'close'>): Host {
    const open = async () => ({...session, close: async () => {}})
    return {config: LeanConfig.of(this.config), around: {...this.around, open}}
  }
}
