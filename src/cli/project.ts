import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core/config'
import {foldersOf} from './folders.ts'

/** Where pm's own files lie, built or as source. URLs of folders end with a slash. */
export interface Project {
  root: URL
  commands: URL
  extension: '.js' | '.ts'
}

/** A command as typed: its id, its module, and what stands behind its words. */
export interface TypedCommand {
  id: string
  module: URL
  argv: string[]
}

const longestId = 3

/** The command that the first words name, the longest first; undefined where they name none. */
export function findCommand(words: readonly string[], {commands, extension}: Project): TypedCommand | undefined {
  const end = words.findIndex((word) => !/^[a-z][a-z0-9-]*$/.test(word))
  const named = words.slice(0, Math.min(longestId, end === -1 ? words.length : end))
  for (let length = named.length; length > 0; length -= 1) {
    const path = named.slice(0, length)
    const module = new URL(`${path.join('/')}${extension}`, commands)
    if (existsSync(module)) return {id: path.join(':'), module, argv: words.slice(length)}
  }
  return undefined
}

/**
 * What a known command needs of oclif's Config, and no more. Loaded whole, as help does it, Config reads every command,
 * sorts them by locale and asks the platform for its shell, which together take longer than a query.
 */
export class LeanConfig extends Config {
  readonly project: Project

  constructor(project: Project) {
    super({root: fileURLToPath(project.root)})
    this.project = project
    this.name = 'pm'
    this.bin = 'pm'
    this.dirname = 'pm'
    this.windows = process.platform === 'win32'
    this.home = process.env.HOME || homedir()
    const {config, data, cache} = foldersOf(process.env)
    this.configDir = config
    this.dataDir = data
    this.cacheDir = cache
  }

  /** The config of a command that `main` started. */
  static of(config: object): LeanConfig {
    if (config instanceof LeanConfig) return config
    throw new Error('The command was not started by main.')
  }

  // pm has no plugins, and so no hooks.
  override async runHook(): Promise<{successes: []; failures: []}> {
    return {successes: [], failures: []}
  }
}
