import {over} from '../src/cli/open-session.ts'
import type {Connection} from '../src/db/connection.ts'
import {read, type Session} from '../src/db/transaction.ts'
import {drawBoard} from '../src/output/board.ts'
import {findEverywhere} from '../src/queries/find/find.ts'
import {homeBoard} from '../src/views/home-board.ts'
import {median} from './pairs.ts'

/** What operators type: names, domains, addresses, ids, what finds nothing, and what stands for anything in a pattern. */
const typed = [
  'Seeded 0000042',
  'd1.t42.example',
  'u1@t42.example',
  '2001:db8:5eed:1::42',
  '192.0.2.9',
  'growth',
  'hw-seeded-42',
  'cus_Seeded00000042',
  'campaign of 42',
  'lead',
  'zzzz nobody',
  '%_\\',
  '_',
]

const limitMs = 100
const mostHits = 30
const size = {columns: 120, rows: 40}

/**
 * Types them into home's search, key by key, and prints the slowest key of each and the ratio of the slowest of all to what
 * a person does not notice. The first time fills caches, as typing on would.
 */
export async function measureKeystrokes(connection: Connection, runs: number): Promise<void> {
  const session = over([connection], {identity: {kind: 'session'}, limits: {statementMs: 30_000, lockMs: 5_000}})
  let worst = 0
  for (const text of typed) {
    const keys: {key: string; ms: number}[] = []
    for (let end = 1; end <= text.length; end += 1) {
      const key = text.slice(0, end)
      keys.push({key, ms: median(await timesOf(session, key, runs))})
    }
    const [slowest = {key: '', ms: 0}] = keys.sort((one, other) => other.ms - one.ms)
    console.log(`${slowest.ms.toFixed(1).padStart(8)} ms at “${slowest.key}” of “${text}”`)
    worst = Math.max(worst, slowest.ms)
  }
  console.log(`find-keystroke ratio ${(worst / limitMs).toFixed(2)} limit 1`)
  if (!(worst <= limitMs)) process.exitCode = 1
}

async function timesOf(session: Session, key: string, runs: number): Promise<number[]> {
  const times: number[] = []
  for (let run = -1; run < runs; run += 1) {
    const start = performance.now()
    await draw(key, await read(session, 'none', (db, operator) => findEverywhere(db, operator, key, mostHits)))
    if (run >= 0) times.push(performance.now() - start)
  }
  return times
}

async function draw(text: string, hits: Parameters<typeof homeBoard>[0]['hits']): Promise<void> {
  const board = homeBoard({
    place: {text: 'bench'},
    typed: text,
    hits,
    attention: {entries: []},
    recent: [],
    notice: null,
  })
  await drawBoard(board, {chosen: undefined, scroll: 0}, size, {
    width: size.columns,
    color: false,
    links: false,
    clock: {now: new Date(), zone: 'relative'},
    header: true,
  })
}
