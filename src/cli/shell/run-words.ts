import type {Project} from '../project.ts'
import {reportError} from '../report-error.ts'
import {startLine} from '../start-line.ts'
import type {Surroundings} from '../surroundings.ts'
import {PipeClosed} from '../terminal.ts'
import {wantsJson} from '../wants-json.ts'

/** Runs a command line in this process, as `main` runs one in its own, and returns its exit code. */
export async function runWords(words: readonly string[], around: Surroundings, project: Project): Promise<number> {
  process.exitCode = undefined
  try {
    await startLine(words, around, project)
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof PipeClosed) throw error
    const {exitCode, text} = reportError(error, wantsJson(words, around.env), around.terminal)
    around.terminal.say(text)
    return exitCode
  } finally {
    process.exitCode = undefined
  }
}
