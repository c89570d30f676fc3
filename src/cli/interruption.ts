import {Interrupted, PmError} from '../rules/errors.ts'

/**
 * Ctrl-C. Once: the server is asked to stop, and what was not committed is rolled back; the command ends by itself and
 * says so. Twice: the process ends at once.
 */
export class Interruption {
  #pressed = false
  #listener: (() => void) | undefined

  /** From now on Ctrl-C cancels what this session is doing. */
  cancels(session: {cancel(): Promise<void>}): void {
    this.#listener = () => {
      if (this.#pressed) process.exit(130) // reason: the operator insists, and nothing uncommitted can be lost
      this.#pressed = true
      void session.cancel()
    }
    process.on('SIGINT', this.#listener)
    process.on('SIGTERM', this.#listener)
  }

  /** @throws Interrupted when Ctrl-C was pressed; called before anything that cannot be taken back. */
  check(): void {
    if (this.#pressed) throw new Interrupted('Interrupted. Nothing was changed.')
  }

  /** The error that ended the command, or that it was interrupted. */
  explain(error: Error): Error {
    const own = error instanceof PmError && (error.reason === 'timedOut' || error.reason === 'databaseUnreachable')
    if (this.#pressed && own) return new Interrupted('Interrupted. Nothing was changed.', {cause: error})
    return isPromptExit(error) ? new Interrupted('Nothing was changed.', {cause: error}) : error
  }

  end(): void {
    if (!this.#listener) return
    process.off('SIGINT', this.#listener)
    process.off('SIGTERM', this.#listener)
  }
}

// @inquirer raises this for Ctrl-C, end of input and a closed terminal.
function isPromptExit(error: Error): boolean {
  return error.name === 'ExitPromptError' || error.name === 'AbortPromptError'
}
