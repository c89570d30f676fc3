import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Connection} from '../src/db/connection.ts'
import {openServer} from '../src/db/server.ts'
import {addTenants} from '../test/support/bulk.ts'
import {startPostgres} from '../test/support/postgres.ts'
import {openPsql} from '../test/support/psql.ts'
import {ask} from '../test/support/records.ts'
import {makeTemplate, templateDatabase} from '../test/support/template.ts'
import {type Cost, measure} from './measured.ts'
import {median, type Program} from './pairs.ts'

// A plan change of ROWS subscriptions from a CSV, as a whole process and with all that pm adds to it (checks, a plan that is
// shown, a job that survives anything, the audit), against what an operator would do instead: psql with COPY and one
// UPDATE, or a loop of one `pm plan change` a row. fsync is on: ours commits often, psql once.
const rows = Number(process.env.ROWS ?? 100_000)
const runs = Number(process.env.RUNS ?? 5)
const sampled = 8
const limits = {copyAndUpdate: 3, loop: 1 / 30, waitMs: 100, peakMb: 250}

const folder = mkdtempSync(join(tmpdir(), 'pm-bulk-'))
const csv = join(folder, 'subscriptions.csv')
const server = await startPostgres({max_wal_size: '8GB', shared_buffers: '512MB', fsync: 'on'})
const at = (user: string) =>
  ({host: '127.0.0.1', port: server.port, user, database: templateDatabase, tls: false}) as const
const url = (user: string) => `postgres://${user}@127.0.0.1:${server.port}/${templateDatabase}`
try {
  await makeTemplate(server.port)
  const owner = openServer(at('postgres'), 'pm bench', 2, 3_600_000)
  const ids = await fill(owner)
  const [ours, theirs]: Cost[][] = [[], []]
  for (let run = -1; run < runs; run += 1) {
    const [one, other] = [await timed(owner, pmFromFile()), await timed(owner, psql())]
    // The first runs fill caches.
    if (run < 0) continue
    ours?.push(one)
    theirs?.push(other)
  }
  const single: number[] = []
  for (let n = 1; n <= sampled; n += 1) single.push((await measure(pm([`Bulk ${n}`, '--yes'], 'starter'))).seconds)
  const waits: number[] = []
  for (let run = 0; run < Math.min(runs, 3); run += 1) waits.push(await longestWait(owner, ids))
  await owner.close()
  tell(ours ?? [], theirs ?? [], median(single) * rows, waits)
} finally {
  await server.stop()
  rmSync(folder, {recursive: true})
}

/** Fills the platform and the CSV, in no order. */
async function fill(owner: Connection): Promise<string[]> {
  await addTenants({owner}, rows)
  await ask({owner}, 'vacuum analyze')
  const found = await ask<{id: string}>(
    {owner},
    `select s.id from subscriptions s join tenants t on t.id = s.tenant_id where t.name like 'Bulk %' order by random()`,
  )
  const ids = found.map(({id}) => id)
  writeFileSync(csv, `subscription\n${ids.join('\n')}\n`)
  return ids
}

// What a run leaves to clean up is not the next one's to pay.
async function timed(owner: Connection, program: Program): Promise<Cost> {
  const cost = await measure(program)
  await ask({owner}, 'vacuum subscriptions')
  await ask({owner}, 'checkpoint')
  return cost
}

function pm(args: readonly string[], plan: string): Program {
  const script = new URL('../bin/run.js', import.meta.url).pathname
  const argv = [script, 'plan', 'change', '--to', plan, ...args]
  return {command: process.execPath, args: argv, env: {DATABASE_URL: url('op_admin')}}
}

function pmFromFile(): Program {
  return pm(['--from-file', csv, '--confirm', `${rows.toLocaleString('en')} subscriptions`], 'scale')
}

// To another plan than pm: every run finds every row to write.
function psql(): Program {
  const statements = [
    'create temp table wanted (id uuid primary key)',
    `\\copy wanted from '${csv}' with (format csv, header)`,
    `update subscriptions s set pending_plan_id = (select id from plans where slug = 'enterprise'), updated = now()
      from wanted w where w.id = s.id`,
  ]
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...statements.flatMap((statement) => ['-c', statement])]
  return {command: 'psql', args: [...args, url('postgres')]}
}

/** The longest that another session waited to update one of the rows, again and again in no order, while pm worked. */
async function longestWait(owner: Connection, ids: readonly string[]): Promise<number> {
  const other = await openPsql(at('postgres'))
  let isDone = false
  const job = timed(owner, pmFromFile()).finally(() => {
    isDone = true
  })
  let longest = 0
  for (let n = 0; !isDone; n = (n + 7_919) % ids.length) {
    const start = performance.now()
    await other.run('update subscriptions set cancel_reason = cancel_reason where id = $1', [ids[n]])
    longest = Math.max(longest, performance.now() - start)
  }
  await Promise.all([job, other.close(), timed(owner, psql())])
  return longest
}

function tell(ours: readonly Cost[], theirs: readonly Cost[], loopSeconds: number, waits: readonly number[]): void {
  const seconds = median(ours.map((cost) => cost.seconds))
  const ratios = ours.map((cost, run) => cost.seconds / (theirs[run]?.seconds ?? Number.NaN))
  const peak = Math.max(...ours.map(({peakMb}) => peakMb))
  const reference = median(theirs.map((cost) => cost.seconds))
  console.log(
    `${rows.toLocaleString('en')} rows, ${runs} runs in turn: pm ${seconds.toFixed(1)} s, psql ${reference.toFixed(1)} s, ` +
      `a loop ${(loopSeconds / 3_600).toFixed(1)} h; another session waited ${median(waits).toFixed(0)} ms at most; ` +
      `${peak.toFixed(0)} MB`,
  )
  report('bulk-copy-update', median(ratios), limits.copyAndUpdate)
  report('bulk-loop', seconds / loopSeconds, limits.loop)
  report('bulk-wait', median(waits) / limits.waitMs, 1)
  report('bulk-memory', peak / limits.peakMb, 1)
}

function report(name: string, ratio: number, limit: number): void {
  console.log(`${name} ratio ${ratio.toPrecision(3)} limit ${limit.toPrecision(3)}`)
  if (!(ratio <= limit)) process.exitCode = 1
}
