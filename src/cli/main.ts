import {fileURLToPath} from 'node:url'
import {Config, run} from '@oclif/core'
import {reportError, unknownCommand} from './report-error.ts'
import {PipeClosed} from './terminal.ts'

/** Runs one command line and leaves the exit code on the process; the only place where an error becomes one. */
export async function main(argv: string[], root: string): Promise<void> {
  try {
    const config = await Config.load({root: fileURLToPath(root)})
    assertCommand(argv, config)
    await run(argv, config)
  } catch (error) {
    if (error instanceof PipeClosed || isExit(error, 0)) return
    const {exitCode, text} = reportError(error, wantsJson(argv))
    process.stderr.write(`${text}\n`)
    process.exitCode = exitCode
  }
}

function assertCommand(argv: readonly string[], config: Config): void {
  const [first] = argv
  if (first === undefined || first.startsWith('-')) return
  const typed = argv.filter((word) => !word.startsWith('-'))
  const ids = typed.map((_, index) => typed.slice(0, index + 1).join(':'))
  if (ids.some((id) => config.findCommand(id) ?? config.findTopic(id))) return
  throw unknownCommand(argv, config.commandIDs)
}

function isExit(error: unknown, code: number): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'EEXIT' &&
    'oclif' in error &&
    (error.oclif as {exit?: number}).exit === code
  )
}

/** Whether errors are to be JSON: also when the command line cannot be parsed, so it is read without oclif. */
function wantsJson(argv: readonly string[]): boolean {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const said = words.flatMap((word, index) => {
    if (word === '--json') return ['json']
    if (word === '-o' || word === '--output') return [words[index + 1] ?? '']
    return word.match(/^(?:-o|--output=)(.+)$/)?.[1] ?? []
  })
  return ['json', 'ndjson'].includes(said.at(-1) ?? process.env.PM_OUTPUT ?? '')
}
