import type {OpenedSession} from '../open-session.ts'
import type {Surroundings} from '../surroundings.ts'

/** Opens the database once, and lends it to one command after the other. */
export class Lender {
  readonly #own: Surroundings
  #opened: Promise<OpenedSession> | undefined

  constructor(around: Surroundings) {
    this.#own = around
  }

  /** What a borrower finds around it. */
  get around(): Surroundings {
    const open: Surroundings['open'] = async (context, options) => lent(await this.#open(context, options))
    return {...this.#own, open}
  }

  /** Stops what a borrower is doing. */
  async cancel(): Promise<void> {
    const session = await this.#opened?.catch(() => undefined)
    await session?.cancel()
  }

  async close(): Promise<void> {
    await this.cancel()
    const session = await this.#opened?.catch(() => undefined)
    await session?.close()
  }

  #open(...place: Parameters<Surroundings['open']>): Promise<OpenedSession> {
    this.#opened ??= this.#own.open(...place).catch((error: unknown) => {
      this.#opened = undefined
      throw error
    })
    return this.#opened
  }
}

/** A session whose borrower cannot close it. */
function lent(session: OpenedSession): OpenedSession {
  return {...session, close: async () => {}}
}
