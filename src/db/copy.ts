import {once} from 'node:events'
import type pg from 'pg'

/**
 * Adds rows to a table by COPY, and returns how many. They are taken as the server has room for them.
 * @param into the table and its columns: `tenants (id, name)`
 * @param texts lines in COPY's text format, as many at a time as suits; each text is whole lines
 */
export function copyInto(client: pg.ClientBase, into: string, texts: Iterable<string>): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new Copy(`copy ${into} from stdin`, texts, resolve, reject))
  })
}

/** What pg asks of a query; PostgreSQL's protocol, “COPY Operations”. */
class Copy implements pg.Submittable {
  readonly #statement: string
  readonly #texts: Iterable<string>
  readonly #resolve: (rows: number) => void
  readonly #reject: (error: Error) => void
  #rows = 0
  #isOver = false

  constructor(
    statement: string,
    texts: Iterable<string>,
    resolve: (rows: number) => void,
    reject: (error: Error) => void,
  ) {
    this.#statement = statement
    this.#texts = texts
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: pg.Connection): void {
    connection.query(this.#statement)
  }

  handleCopyInResponse({stream}: pg.Connection): void {
    this.#send(stream).catch((error: Error) => this.handleError(error))
  }

  /** `COPY 1000` */
  handleCommandComplete({text}: {text: string}): void {
    this.#rows = Number(text.split(' ').at(-1))
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rows)
  }

  handleError(error: Error): void {
    this.#isOver = true
    this.#reject(error)
  }

  async #send(stream: pg.Connection['stream']): Promise<void> {
    for (const text of this.#texts) {
      if (this.#isOver) return
      if (!stream.write(message('d', Buffer.from(text)))) await once(stream, 'drain')
    }
    stream.write(message('c', Buffer.alloc(0)))
  }
}

function message(type: 'd' | 'c', content: Buffer): Buffer {
  const head = Buffer.alloc(5, type)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}
