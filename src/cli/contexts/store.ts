import {chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {Conflict, NotFound, UsageError} from '../../rules/errors.ts'
import type {SavedContext} from './context.ts'

interface Contents {
  current: string | null
  contexts: Record<string, SavedContext>
}

/** The file of saved contexts. It may hold passwords, so it is 0600 and refused when others can read it. */
export class ContextStore {
  readonly file: string

  constructor(file: string) {
    this.file = file
  }

  /** @throws Conflict when others can read the file, or it is not what pm wrote. */
  read(): Contents {
    const mode = statSync(this.file, {throwIfNoEntry: false})?.mode
    if (mode === undefined) return {current: null, contexts: {}}
    if (mode & 0o077)
      throw new Conflict(`${this.file} can be read by others.`, {hint: `Close it: chmod 600 ${this.file}`})
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'))
    } catch (cause) {
      throw new Conflict(`${this.file} is damaged.`, {hint: 'Move it away and add the contexts again.', cause})
    }
  }

  /** @throws NotFound */
  get(name: string): SavedContext {
    const {contexts} = this.read()
    const saved = Object.hasOwn(contexts, name) ? contexts[name] : undefined
    if (saved) return saved
    throw new NotFound(`No context “${name}”.`, {hint: 'See which there are: pm context list'})
  }

  /** @throws UsageError for a name that would not work on a command line; Conflict for one that is taken. */
  add(name: string, context: SavedContext): void {
    if (!/^[a-z0-9][a-z0-9._-]*$/i.test(name) || name === 'sandbox') {
      throw new UsageError(`“${name}” cannot be a context's name.`, {
        hint: 'Letters, digits, dots, dashes; “sandbox” is taken.',
      })
    }
    const {contexts, current} = this.read()
    if (Object.hasOwn(contexts, name))
      throw new Conflict(`There is a context “${name}” already.`, {hint: `pm context remove ${name}`})
    this.#write({current, contexts: {...contexts, [name]: context}})
  }

  use(name: string): void {
    if (name !== 'sandbox') this.get(name)
    this.#write({...this.read(), current: name})
  }

  remove(name: string): void {
    this.get(name)
    const {current, contexts} = this.read()
    const {[name]: _, ...rest} = contexts
    this.#write({current: current === name ? null : current, contexts: rest})
  }

  // Written beside and renamed: a reader sees the old file or the new one, never half of it.
  #write(contents: Contents): void {
    mkdirSync(dirname(this.file), {recursive: true, mode: 0o700})
    const beside = `${this.file}.${process.pid}`
    writeFileSync(beside, `${JSON.stringify(contents, null, 2)}\n`, {mode: 0o600})
    chmodSync(beside, 0o600)
    renameSync(beside, this.file)
  }
}
