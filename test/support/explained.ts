import {type CompiledQuery, Kysely, PostgresDialect, sql} from 'kysely'
import pg from 'pg'
import type {Connection, Server} from '../../src/db/connection.ts'
import {setLocally} from '../../src/db/local-settings.ts'
import type {Database} from '../../src/db/schema.ts'
import {parsers} from '../../src/db/values.ts'

/** A connection that remembers what was asked through it. */
export interface Listening extends Connection {
  /** What was asked of tables since it was last taken, in order. */
  take(): CompiledQuery[]
}

export function listenTo({host, port, database, user}: Server): Listening {
  const types = {getTypeParser: (oid: number) => parsers[oid] ?? pg.types.getTypeParser(oid)}
  const pool = new pg.Pool({host, port, database, user, max: 2, types})
  // A server that is stopped ends connections that are being closed.
  pool.on('error', () => {})
  let asked: CompiledQuery[] = []
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({pool}),
    log: ({query}) => {
      asked.push(query)
    },
  })
  return {
    db,
    take: () => {
      const taken = asked.filter((query) => /^(select|with|declare)\b.* from /s.test(query.sql))
      asked = []
      return taken
    },
    rowsOf: async (trx, statement) => (await trx.getExecutor().executeQuery(statement)).rows,
    cancel: async () => {},
    close: () => db.destroy(),
  }
}

/** How PostgreSQL answered: which rows it looked at, by which indexes, and how long it took, planning included. */
export interface Explained {
  sql: string
  /** How many rows of each table it looked at, whether they were wanted or not. */
  rows: ReadonlyMap<string, number>
  /** The tables that it read from end to end. */
  scanned: ReadonlySet<string>
  indexes: ReadonlySet<string>
  ms: number
}

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: readonly Node[]
}

interface Answer {
  Plan: Node
  'Planning Time': number
  'Execution Time': number
}

/** Asks once more and explains: with the same parameters, as the same login, under the same settings. */
export async function explain({db}: Listening, {sql: text, parameters}: CompiledQuery): Promise<Explained> {
  return db.transaction().execute(async (trx) => {
    await setLocally(trx, {statementMs: 0, lockMs: 0}, 'read only')
    const question = `explain (analyze, timing off, format json) ${text}`
    const {rows} = await trx.executeQuery<{'QUERY PLAN': readonly Answer[]}>({
      ...sql`select`.compile(trx),
      sql: question,
      parameters,
    })
    const [answer] = rows[0]?.['QUERY PLAN'] ?? []
    if (!answer) throw new Error(`PostgreSQL does not explain ${text}`)
    return {sql: text, ...seenIn(flat(answer.Plan)), ms: answer['Planning Time'] + answer['Execution Time']}
  })
}

function flat(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)]
}

function seenIn(nodes: readonly Node[]): Pick<Explained, 'rows' | 'scanned' | 'indexes'> {
  const rows = new Map<string, number>()
  const scanned = new Set<string>()
  for (const node of nodes) {
    const table = node['Relation Name']
    if (table === undefined) continue
    rows.set(table, (rows.get(table) ?? 0) + lookedAt(node))
    if (node['Node Type'] === 'Seq Scan') scanned.add(table)
  }
  return {rows, scanned, indexes: new Set(nodes.flatMap((node) => node['Index Name'] ?? []))}
}

function lookedAt(node: Node): number {
  const each =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return Math.round(each * node['Actual Loops'])
}
