import {type ChildProcess, fork} from 'node:child_process'
import {once} from 'node:events'
import type {Connection, Server} from '../src/db/connection.ts'
import {openServer} from '../src/db/server.ts'
import {freePort} from '../test/support/free-port.ts'
import {startPostgres} from '../test/support/postgres.ts'
import {ask} from '../test/support/records.ts'
import {makeTemplate, templateDatabase} from '../test/support/template.ts'
import {storedDomain} from './dns-zones.ts'
import {type Cost, measure} from './measured.ts'
import {median} from './pairs.ts'

// `pm domain check --write` of DOMAINS domains against a DNS server that costs little, as a whole process: all that is
// found stored by a job, beside the same check without storing. fsync is on.
const domains = Number(process.env.DOMAINS ?? 10_000)
const runs = Number(process.env.RUNS ?? 5)
/** Storing may cost as much as checking; what it holds besides does not grow with the domains. */
const limits = {write: 2, memory: 1.25}

const server = await startPostgres({max_wal_size: '8GB', shared_buffers: '512MB', fsync: 'on'})
const at = (user: string): Server => ({
  host: '127.0.0.1',
  port: server.port,
  user,
  database: templateDatabase,
  tls: false,
})
const port = await freePort()
const dns: ChildProcess = fork(new URL('dns-server.ts', import.meta.url), [String(port), '0'])
try {
  await once(dns, 'message')
  await makeTemplate(server.port)
  const owner = openServer(at('postgres'), 'pm bench', 2, 3_600_000)
  await fill(owner)
  const [storing, checking]: [Cost[], Cost[]] = [[], []]
  for (let run = -1; run < runs; run += 1) {
    const [one, other] = [await timed(owner, ['--write']), await timed(owner, [])]
    // The first runs fill caches.
    if (run < 0) continue
    storing.push(one)
    checking.push(other)
  }
  await owner.close()
  tell(storing, checking)
} finally {
  dns.kill()
  await server.stop()
}

/** Adds a tenant with the domains that the DNS server knows, as they are before they are checked. */
async function fill(owner: Connection): Promise<void> {
  await ask(
    {owner},
    `insert into tenants select m.* from jsonb_populate_record((select t from tenants t where name = 'Acme'),
       jsonb_build_object('id', gen_random_uuid(), 'name', 'Bulk')) m`,
  )
  const batch = 1_000
  for (let from = 0; from < domains; from += batch) {
    const some = Array.from({length: Math.min(batch, domains - from)}, (_, n) => storedDomain(from + n))
    await ask(
      {owner},
      `insert into domains (tenant_id, domain, dns_records) select t.id, d ->> 'domain', d -> 'document'
       from tenants t, jsonb_array_elements('${JSON.stringify(some)}') d where t.name = 'Bulk'`,
    )
  }
  await ask({owner}, 'vacuum analyze')
}

// What a run leaves to clean up is not the next one's to pay.
async function timed(owner: Connection, flags: readonly string[]): Promise<Cost> {
  const script = new URL('../bin/run.js', import.meta.url).pathname
  const cost = await measure({
    command: process.execPath,
    args: [script, 'domain', 'check', '--tenant', 'Bulk', '-o', 'name', ...flags],
    env: {
      DATABASE_URL: `postgres://op_admin@127.0.0.1:${server.port}/${templateDatabase}`,
      PM_DNS_SERVERS: `127.0.0.31:${port}`,
      PM_DNS_PORT: String(port),
    },
  })
  await ask({owner}, 'vacuum domains')
  await ask({owner}, 'checkpoint')
  return cost
}

function tell(storing: readonly Cost[], checking: readonly Cost[]): void {
  const seconds = (costs: readonly Cost[]) => median(costs.map((cost) => cost.seconds))
  const peak = (costs: readonly Cost[]) => Math.max(...costs.map(({peakMb}) => peakMb))
  console.log(
    `${domains.toLocaleString('en')} domains, ${runs} runs in turn: stored ${seconds(storing).toFixed(1)} s and ` +
      `${peak(storing).toFixed(0)} MB, only checked ${seconds(checking).toFixed(1)} s and ${peak(checking).toFixed(0)} MB`,
  )
  const ratios = storing.map((cost, run) => cost.seconds / (checking[run]?.seconds ?? Number.NaN))
  report('check-write', median(ratios), limits.write)
  report('check-write-memory', peak(storing) / peak(checking), limits.memory)
}

function report(name: string, ratio: number, limit: number): void {
  console.log(`${name} ratio ${ratio.toPrecision(3)} limit ${limit.toPrecision(3)}`)
  if (!(ratio <= limit)) process.exitCode = 1
}
