import {CommitUnknown, DatabaseUnreachable, Interrupted, TimedOut} from '../rules/errors.ts'

/** What works in many transactions, and is told of Ctrl-C. */
interface Many {
  /** The first time: it shall stop after what is under way. */
  once(): void
  /** Before the process ends at once. */
  atOnce(): void
}

/**
 * Ctrl-C. Once: the server is asked to stop, and what was not committed is rolled back; the command ends by itself and
 * says so. Twice: the process ends at once, unless something else is told of it. What works in many transactions is only
 * asked to stop by the first; for it the second is the first, and the third the second. A terminal that is closed asks it
 * the same, however often the shell and the kernel say so.
 */
export class Interruption {
  readonly #controller = new AbortController()
  readonly #forced = new AbortController()
  readonly #insist: () => void
  #listener: (() => void) | undefined
  #work: Many | undefined
  readonly #hungUp = () => {
    if (!this.signal.aborted) this.#listener?.()
  }

  // Who presses again wants it to end now, whatever is still open; the database takes back what is not committed.
  constructor(insist: () => void = () => process.exit(130)) {
    this.#insist = insist
  }

  /** Gives up what waits for something else than the database. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Gives up what waits for something else than the database, also where what is under way may finish. */
  get forced(): AbortSignal {
    return this.#forced.signal
  }

  /** From now on Ctrl-C cancels what this session is doing. */
  cancels(session: {cancel(): Promise<void>}): void {
    this.#listener = () => {
      const isAsked = !this.signal.aborted && this.#work
      this.#controller.abort(new Interrupted('Interrupted.'))
      if (isAsked) return isAsked.once()
      if (this.forced.aborted) this.#end()
      this.#forced.abort(new Interrupted('Interrupted.'))
      void session.cancel()
    }
    process.on('SIGINT', this.#listener)
    process.on('SIGTERM', this.#listener)
  }

  /** From now on the first Ctrl-C only raises the signal: what is under way may finish. */
  letsFinish(work: Many): void {
    this.#work = work
    process.on('SIGHUP', this.#hungUp)
  }

  #end(): void {
    this.#work?.atOnce()
    this.#insist()
  }

  /**
   * @throws Interrupted when Ctrl-C was pressed, and what is under way is not to finish; called before anything that
   *   cannot be taken back
   */
  check(): void {
    if (this.#work ? this.forced.aborted : this.signal.aborted)
      throw new Interrupted('Interrupted. Nothing was changed.')
  }

  /** The error that ended the command, or that it was interrupted. */
  explain(error: Error): Error {
    if (this.signal.aborted && isConsequence(error))
      return new Interrupted('Interrupted. Nothing was changed.', {cause: error})
    return isPromptExit(error) ? new Interrupted('Nothing was changed.', {cause: error}) : error
  }

  end(): void {
    if (!this.#listener) return
    process.off('SIGINT', this.#listener)
    process.off('SIGTERM', this.#listener)
    process.off('SIGHUP', this.#hungUp)
  }
}

// What a cancelled query or a connection that was still being made ends with; a lost COMMIT may have happened.
function isConsequence(error: Error): boolean {
  return error instanceof TimedOut || (error instanceof DatabaseUnreachable && !(error instanceof CommitUnknown))
}

// @inquirer raises this for Ctrl-C, end of input and a closed terminal.
function isPromptExit(error: Error): boolean {
  return error.name === 'ExitPromptError' || error.name === 'AbortPromptError'
}
