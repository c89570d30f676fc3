import {type CompiledQuery, Kysely, PostgresDialect, type QueryExecutorProvider} from 'kysely'
import pg from 'pg'
import {NotIdentified} from '../rules/errors.ts'
import {type BackendKey, requestCancel} from './cancel-request.ts'
import type {Connection, Server} from './connection.ts'
import {FastRows, parserOf} from './fast-rows.ts'
import type {Database} from './schema.ts'
import {hangUp, hangUpAfterSilence} from './socket.ts'

const connectTimeoutMs = 10_000
const cancelPatienceMs = 1_500

/**
 * Opens a pool to a PostgreSQL server; the first query connects. Session state is never used and no limit is set at
 * connection start, because PgBouncer refuses or leaks both: limits are SET LOCAL by the transaction helper.
 * @param applicationName what the server's process list shows, such as `pm ip list`
 * @param silenceMs longer than any limit that the server keeps by itself: after it the network must be gone
 */
export function openServer(server: Server, applicationName: string, poolSize = 2, silenceMs = 300_000): Connection {
  const pool = new pg.Pool({...clientConfig(server, applicationName), max: poolSize})
  // A connection that breaks is reported by the query it breaks, or by the next one; without listeners, on the pool for
  // idle connections and on the client for busy ones, it would end the process.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
  pool.on('connect', (client) => hangUpAfterSilence(client, silenceMs))
  const active = new Set<pg.PoolClient>()
  pool.on('acquire', (client) => active.add(client))
  pool.on('release', (_error, client) => active.delete(client))
  return {
    db: new Kysely<Database>({dialect: new PostgresDialect({pool, cursor: FastRows})}),
    rowsOf: streamedRows,
    cancel: async () => {
      const busy = [...active]
      const patience = setTimeout(() => busy.filter((client) => active.has(client)).forEach(hangUp), cancelPatienceMs)
      await Promise.all(busy.map((client) => hasBackendKey(client) && requestCancel(server, client)))
      patience.unref()
    },
    close: async () => {
      if (pool.ended) return
      // What still runs is what nobody waits for any more.
      const patience = setTimeout(() => active.forEach(hangUp), cancelPatienceMs)
      await pool.end()
      clearTimeout(patience)
    },
  }
}

/**
 * Opens one connection outside of any pool, for what Kysely does not know, such as COPY. It waits for the server as long as
 * that takes; the signal asks the server to stop.
 */
export async function openClient(server: Server, applicationName: string, signal?: AbortSignal): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(server, applicationName))
  client.on('error', () => {})
  await client.connect()
  signal?.addEventListener('abort', () => hasBackendKey(client) && requestCancel(server, client))
  return client
}

async function streamedRows<Row>(trx: QueryExecutorProvider, statement: CompiledQuery<Row>): Promise<Row[]> {
  const all: Row[] = []
  for await (const {rows} of trx.getExecutor().stream(statement, Number.MAX_SAFE_INTEGER)) all.push(...rows)
  return all
}

function clientConfig({tls, ...server}: Server, applicationName: string): pg.ClientConfig {
  return {
    ...server,
    password: server.password || refusingUnknown(server),
    sslnegotiation: 'postgres',
    // With rejectUnauthorized, node checks both the chain and the host name: verify-full.
    ssl: tls && {...tls, rejectUnauthorized: true},
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    types: {getTypeParser: (oid, format) => parserOf(Number(oid), format)},
  }
}

// Asked for a password that it was not given, pg would take PGPASSWORD or ~/.pgpass, whichever server they are meant
// for. pm has looked there already, with more care, and this is what it says when there was nothing.
function refusingUnknown({host, user}: Pick<Server, 'host' | 'user'>): () => never {
  return function refuse(this: unknown) {
    // pg calls this on its client, and then leaves the server waiting, and the process with it.
    if (typeof this === 'object' && this !== null) setImmediate(hangUp, this)
    throw new NotIdentified(`${host} asks for the password of ${user}, and none is known.`, {
      hint: 'Save it with the context (pm context add … --password-stdin), or set PGPASSWORD or ~/.pgpass (chmod 600).',
    })
  }
}

// pg keeps the key on its client without declaring it.
function hasBackendKey(client: object): client is BackendKey {
  return 'processID' in client && 'secretKey' in client && typeof client.secretKey === 'number'
}
