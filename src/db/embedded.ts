import {setFlagsFromString} from 'node:v8'
import {PGlite} from '@electric-sql/pglite'
import {Kysely, PGliteDialect} from 'kysely'
import type {Connection} from './connection.ts'
import type {Database} from './schema.ts'
import {parsers} from './values.ts'

// WebAssembly is compiled twice by default, first fast and then well. A command ends before the second pays for itself,
// and the process would wait for it: without, opening the sandbox takes half the time, and long work a quarter more.
for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag)

/** The major version of the PostgreSQL that PGlite brings; files of another one it cannot open. */
export const postgresMajor = '18'

/**
 * Opens PostgreSQL inside this process: in the folder, or in memory without one. It starts as the superuser
 * `postgres`; `becomeLogin` gives that up. Only one process may have a folder open.
 */
export async function openEmbedded(folder?: string): Promise<Connection & {pglite: PGlite}> {
  const pglite = await PGlite.create({...(folder === undefined ? {} : {dataDir: folder}), parsers: {...parsers}})
  return {
    pglite,
    db: new Kysely<Database>({dialect: new PGliteDialect({pglite})}),
    rowsOf: async (trx, statement) => (await trx.getExecutor().executeQuery(statement)).rows,
    // One thread, one query: what runs has ended before anybody could cancel it.
    cancel: async () => {},
    close: async () => {
      if (!pglite.closed) await pglite.close()
    },
  }
}

/** Turns the superuser into an operator's login, so that identity and guard work as on a server. */
export async function becomeLogin(pglite: PGlite, login: string): Promise<void> {
  await pglite.exec(`set session authorization "${login.replaceAll('"', '""')}"`)
}
