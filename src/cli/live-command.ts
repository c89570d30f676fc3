import {setTimeout as wait} from 'node:timers/promises'
import {Interrupted} from '../rules/errors.ts'
import type {CommandClass} from './command.ts'
import {PmCommand} from './command.ts'
import {findCommand, LeanConfig} from './project.ts'

/** A command that fills the terminal with pages of things, and lets other commands act on them. */
export abstract class LiveCommand extends PmCommand {
  readonly #left = new AbortController()

  /** How its screens show things and run commands; ends with `leave`. */
  protected async things() {
    const permissions = await this.read(async (_db, operator) => operator.permissions)
    return {
      show: (words: readonly string[]) => this.captureLine(words),
      run: (words: readonly string[]) => this.runLine(words),
      offer: (command: string) => this.offer(command, permissions),
      style: this.screenStyle,
    }
  }

  /** Waits so many seconds. @throws Interrupted when the screen is left meanwhile */
  protected readonly pause = async (seconds: number): Promise<void> => {
    const signal = AbortSignal.any([this.interruption.signal, this.#left.signal])
    await wait(seconds * 1_000, undefined, {signal}).catch((cause: unknown) => {
      throw new Interrupted('Nothing was changed.', {cause})
    })
  }

  /** Ends what still waits: the screen is left. */
  protected leave(): void {
    this.#left.abort()
  }

  private async offer(command: string, permissions: readonly string[]): Promise<string | undefined> {
    const found = findCommand(command.split(' '), LeanConfig.of(this.config).project)
    if (!found) throw new Error(`There is no command ${command}.`)
    const {default: Command}: {default: CommandClass} = await import(found.module.href)
    const {permission, summary} = Command
    return permission === 'none' || permissions.includes(permission) ? summary : undefined
  }
}
