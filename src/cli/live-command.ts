import {setTimeout as wait} from 'node:timers/promises'
import {Interrupted} from '../rules/errors.ts'
import type {CommandClass} from './command.ts'
import {PmCommand} from './command.ts'
import {findCommand, LeanConfig} from './project.ts'
import {captureLine} from './screen/run-line.ts'

// As many rows as a person looks through.
const mostRows = '50'
// The columns in front of a row that say whether it is chosen.
const margin = 2

/** A command that fills the terminal with pages of things, and lets other commands act on them. */
export abstract class LiveCommand extends PmCommand {
  readonly #left = new AbortController()

  /** How its screens show things and run commands; ends with `leave`. */
  protected async things() {
    const permissions = await this.read(async (_db, operator) => operator.permissions)
    return {
      show: (words: readonly string[]) => this.shownBy(words),
      record: (words: readonly string[]) => this.recordOf(words),
      rows: (words: readonly string[]) => this.rowsOf(words),
      run: (words: readonly string[]) => this.runLine(words),
      offer: (command: string) => this.offer(command, permissions),
      may: (permission: string) => permissions.some((held) => held === permission),
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

  private async capture(words: readonly string[], width = this.terminal.width) {
    return captureLine(this.inPlace(words), await this.host(), width)
  }

  private async shownBy(words: readonly string[]): Promise<string> {
    const {shown, said} = await this.capture(words)
    return [shown, ...said.map((line) => `${line}\n`)].join('')
  }

  private async recordOf(words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const {shown} = await this.capture([...words, '--output', 'json'])
    const record: unknown = JSON.parse(shown)
    return typeof record === 'object' && record !== null ? {...record} : {}
  }

  /** The rows of a list, each with its name; none where the list changed while it was looked at. */
  private async rowsOf(words: readonly string[]) {
    const listed = await this.capture([...words, '--limit', mostRows, '--output', 'name'])
    const table = [...words, '--limit', mostRows, '--output', 'table', '--color', 'never']
    const {shown, said} = await this.capture(table, this.terminal.width - margin)
    const names = linesOf(listed.shown)
    const [head = '', ...lines] = linesOf(shown)
    return {
      head,
      said,
      rows: lines.length === names.length ? names.map((name, at) => ({name, line: lines[at] ?? ''})) : [],
    }
  }

  private async offer(command: string, permissions: readonly string[]): Promise<string | undefined> {
    const found = findCommand(command.split(' '), LeanConfig.of(this.config).project)
    if (!found) throw new Error(`There is no command ${command}.`)
    const {default: Command}: {default: CommandClass} = await import(found.module.href)
    const {permission, summary} = Command
    return permission === 'none' || permissions.includes(permission) ? summary : undefined
  }
}

function linesOf(text: string): string[] {
  return text.trimEnd().split('\n').filter(Boolean)
}
