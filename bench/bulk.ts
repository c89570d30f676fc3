import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import pg from 'pg'
import {openServer} from '../src/db/server.ts'
import {addTenants} from '../test/support/bulk.ts'
import {startPostgres} from '../test/support/postgres.ts'
import {ask} from '../test/support/records.ts'
import {makeTemplate, templateDatabase} from '../test/support/template.ts'
import {measure} from './measured.ts'
import {median, type Program} from './pairs.ts'

// A plan change of ROWS subscriptions from a CSV as a whole process, with all that pm adds to it (checks, a plan that is
// shown, a job that survives anything, the audit), against what an operator would do instead: psql with COPY and one
// UPDATE, or a loop of one `pm plan change` a row. fsync is on: ours commits often, psql once.
const rows = Number(process.env.ROWS ?? 100_000)
const runs = Number(process.env.RUNS ?? 5)
const sampled = 10
const longestWaitMs = 100
const mostMb = 250

const folder = mkdtempSync(join(tmpdir(), 'pm-bulk-'))
const server = await startPostgres({max_wal_size: '8GB', shared_buffers: '512MB', fsync: 'on'})
const at = (user: string) => ({host: '127.0.0.1', port: server.port, user, database: templateDatabase})
const url = (user: string) => `postgres://${user}@127.0.0.1:${server.port}/${templateDatabase}`
try {
  await makeTemplate(server.port)
  const owner = openServer({...at('postgres'), tls: false}, 'pm bench', 2, 3_600_000)
  await addTenants({owner}, rows)
  await ask({owner}, 'vacuum analyze')
  const ids = (
    await ask<{id: string}>(
      {owner},
      `select s.id from subscriptions s join tenants t on t.id = s.tenant_id
    where t.name like 'Bulk %' order by random()`,
    )
  ).map(({id}) => id)
  const csv = join(folder, 'subscriptions.csv')
  writeFileSync(csv, `subscription\n${ids.join('\n')}\n`)

  // Each changes to a plan of its own, so that each has every row to write.
  const ours = () =>
    measure(pm(['--from-file', csv, '--to', 'scale', '--confirm', `${rows.toLocaleString('en')} subscriptions`]))
  const theirs = () => measure(psql(csv))
  const tidy = () => ask({owner}, 'vacuum subscriptions')
  const [seconds, reference, peaks]: number[][] = [[], [], []]
  for (let run = -1; run < runs; run += 1) {
    const one = await ours()
    await tidy()
    const other = await theirs()
    await tidy()
    if (run < 0) continue
    seconds?.push(one.seconds)
    peaks?.push(one.peakMb)
    reference?.push(other.seconds)
  }
  console.log(seconds, reference, peaks)
  await owner.close()
} finally {
  await server.stop()
  rmSync(folder, {recursive: true})
}

function pm(args: readonly string[]): Program {
  const script = new URL('../bin/run.js', import.meta.url).pathname
  return {command: process.execPath, args: [script, 'plan', 'change', ...args], env: {DATABASE_URL: url('op_admin')}}
}

function psql(csv: string): Program {
  const statements = [
    'create temp table wanted (id uuid primary key)',
    `\\copy wanted from '${csv}' with (format csv, header)`,
    `update subscriptions s set pending_plan_id = (select id from plans where slug = 'growth'), updated = now()
      from wanted w where w.id = s.id`,
  ]
  const args = statements.flatMap((statement) => ['-c', statement])
  return {command: 'psql', args: ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...args, url('postgres')]}
}
