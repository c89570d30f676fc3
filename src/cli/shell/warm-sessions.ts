import type {OpenedSession, openSession} from '../open-session.ts'

type Open = (...arguments_: Parameters<typeof openSession>) => Promise<OpenedSession>

/** Sessions that stay open from one command to the next: one for each place and operator. */
export class WarmSessions {
  readonly #opened = new Map<string, OpenedSession>()
  readonly #open: Open

  constructor(open: Open) {
    this.#open = open
  }

  /** A session as a command wants it; closing it leaves the connection open. Who is there is asked anew every time. */
  readonly open: Open = async (context, options) => {
    const key = JSON.stringify([context.name, context.place, context.identity])
    const warm = this.#opened.get(key) ?? (await this.#open(context, {...options, applicationName: 'pm shell'}))
    this.#opened.set(key, warm)
    return {...warm, identity: context.identity, limits: options.limits, close: async () => {}}
  }

  async close(): Promise<void> {
    const sessions = [...this.#opened.values()]
    this.#opened.clear()
    await Promise.all(sessions.map((session) => session.close()))
  }
}
