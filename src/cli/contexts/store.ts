import {rmSync} from 'node:fs'
import {join} from 'node:path'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {parseContextName} from './context-name.ts'
import {createPrivate, filesIn, readPrivate, replacePrivate} from './private-file.ts'
import {parseSavedContext, type SavedContext, savedContextText} from './saved-context.ts'

/**
 * The folder of saved contexts: a file for each, and one that says which was chosen. No file is ever read, changed and
 * written back, so two processes at once lose nothing: one context is one file, made whole or not at all.
 */
export class ContextStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  names(): string[] {
    return filesIn(this.#folder)
      .flatMap((file) => file.match(/^([^.].*)\.json$/)?.[1] ?? [])
      .sort()
  }

  /** @throws NotFound; Conflict when others can read it, or it is damaged. */
  get(name: string): SavedContext {
    const file = this.#file(name)
    const text = readPrivate(file)
    if (text !== undefined) return parseSavedContext(text, file)
    throw new NotFound(`There is no context “${name}”.`, {
      hint: 'See which there are: pm context list',
      sought: {name, among: [...this.names(), 'sandbox']},
    })
  }

  /** @throws Conflict for a name that is taken. */
  add(name: string, context: SavedContext): void {
    if (createPrivate(this.#file(name), savedContextText(context))) return
    throw new Conflict(`There is a context “${name}” already.`, {
      hint: `See it: pm context show ${name}. To replace it, remove it first: pm context remove ${name}`,
    })
  }

  /** The choice stays when its context goes: what follows says so, instead of going on silently somewhere else. */
  remove(name: string): void {
    this.get(name)
    rmSync(this.#file(name), {force: true})
  }

  /** The name that `use` chose. */
  chosen(): string | undefined {
    return readPrivate(this.#chosenFile)?.trim() || undefined
  }

  /** @throws NotFound */
  use(name: string): void {
    if (name !== 'sandbox') this.get(name)
    replacePrivate(this.#chosenFile, `${name}\n`)
  }

  #file(name: string): string {
    return join(this.#folder, `${parseContextName(name)}.json`)
  }

  get #chosenFile(): string {
    return join(this.#folder, 'chosen')
  }
}
