import {globSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Asker, terminalAsker} from '../../src/cli/asker.ts'
import type {CommandClass} from '../../src/cli/command.ts'
import {openSession, over} from '../../src/cli/open-session.ts'
import {LeanConfig} from '../../src/cli/project.ts'
import {reportError} from '../../src/cli/report-error.ts'
import type {Surroundings} from '../../src/cli/surroundings.ts'
import {PipeClosed, type Terminal} from '../../src/cli/terminal.ts'
import {wantsJson} from '../../src/cli/wants-json.ts'
import type {Connection} from '../../src/db/connection.ts'

/** What a command left behind. */
export interface Ran {
  stdout: string
  stderr: string
  exitCode: number
}

/** Where a test's command runs. */
export interface World {
  /** A connection to use instead of opening one; left open. */
  connection?: Connection
  /** Where it reads besides, as from a context's replica; left open. */
  replica?: Connection
  env?: Record<string, string>
  stdin?: string
  /** How many pieces of its data are read before the reader goes; all, unless given. */
  reads?: number
  isTTY?: Partial<Terminal['isTTY']>
  /** Who answers at the terminal. */
  asker?: Asker
  width?: number
  now?: Date
  workingFolder?: string
  /** Whether rows tell all that they say, as for --watch. */
  isCompared?: boolean
  /** Where the operator's contexts and sandbox lie; an empty folder that is not there, unless a test needs one. */
  home?: string
}

const root = new URL('../../', import.meta.url)
const commands = new URL('src/commands/', root)

/** Every command, by its id with spaces: `ip list`. */
export function commandIds(): string[] {
  const files = globSync('**/*.ts', {cwd: commands}).sort()
  return files.map((file) => file.replace(/\.ts$/, '').replaceAll('/', ' '))
}

// Imported here and not by oclif, so that a command shares its modules with the test.
export async function loadCommand(id: string): Promise<CommandClass> {
  const {default: command} = await import(new URL(`${id.replaceAll(' ', '/')}.ts`, commands).href)
  command.id = id.replaceAll(' ', ':')
  return command
}

/** Runs one command in this process, as `bin/run.js` would: same parsing, same errors, same exit codes. */
export async function run(world: World, argv: readonly string[]): Promise<Ran> {
  const id = longestId(argv)
  const command = await loadCommand(id)
  const ran: Ran = {stdout: '', stderr: '', exitCode: 0}
  const before = process.exitCode
  process.exitCode = 0
  command.surroundings = surroundings(world, ran)
  try {
    await command.start(argv.slice(id.split(' ').length), configOf(world))
    ran.exitCode = Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof PipeClosed) ran.exitCode = Number(process.exitCode ?? 0)
    else report(error, argv, command.surroundings, ran)
  } finally {
    process.exitCode = before
  }
  return ran
}

/** What a write left behind, but for the line that says where, as whom and in which role. */
export function withoutBanner<Ended extends {stderr: string}>(ran: Ended): Ended {
  return {...ran, stderr: ran.stderr.replace(/^▸ .* · as .*\n/, '')}
}

function configOf({home = join(tmpdir(), 'pm-test-no-home')}: World): LeanConfig {
  return Object.assign(new LeanConfig({root, commands, extension: '.ts'}), {
    configDir: join(home, 'config'),
    dataDir: join(home, 'data'),
  })
}

function report(error: unknown, argv: readonly string[], {terminal, env}: Surroundings, ran: Ran): void {
  const {exitCode, text} = reportError(error, wantsJson(argv, env), terminal)
  ran.exitCode = exitCode
  ran.stderr += `${text}\n`
}

function longestId(argv: readonly string[]): string {
  const ids = commandIds()
  const id = [3, 2, 1].map((length) => argv.slice(0, length).join(' ')).find((candidate) => ids.includes(candidate))
  if (id === undefined) throw new Error(`There is no command ${argv.join(' ')}.`)
  return id
}

function surroundings(
  {
    connection,
    replica,
    env = {},
    stdin = '',
    reads = Number.POSITIVE_INFINITY,
    isTTY,
    asker = terminalAsker,
    width = 100,
    now,
    workingFolder = '/',
    isCompared = false,
  }: World,
  ran: Ran,
): Surroundings {
  let pieces = 0
  return {
    terminal: {
      write: async (data) => {
        pieces += 1
        if (pieces > reads) throw new PipeClosed()
        ran.stdout += data
      },
      say: (line) => {
        ran.stderr += `${line}\n`
      },
      status: () => {},
      readInput: async () => stdin,
      isTTY: {stdin: false, stdout: false, stderr: false, ...isTTY},
      width,
    },
    asker,
    env,
    workingFolder,
    isCompared,
    now: () => now ?? new Date(),
    open: async (context, options) => {
      if (!connection) return openSession(context, options)
      const connections = [connection, ...(replica ? [replica] : [])].map((one) => ({...one, close: async () => {}}))
      return over(connections, {identity: context.identity, limits: options.limits})
    },
  }
}
