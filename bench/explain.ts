import {seed} from '../src/db/seed.ts'
import {type Explained, explain, listenTo} from '../test/support/explained.ts'
import {startPostgres} from '../test/support/postgres.ts'
import {reads} from '../test/support/questions.ts'
import {run} from '../test/support/run.ts'
import {makeTemplate, templateDatabase} from '../test/support/template.ts'
import {median} from './pairs.ts'

// What each command that reads costs the database when the platform is large: TENANTS of them, each with 5 domains,
// 10 leads and what goes with them. No time of pm's own is in it, nor of the network.
const tenants = Number(process.env.TENANTS ?? 200_000)
const runs = Number(process.env.RUNS ?? 5)
const limitMs = 50

const server = await startPostgres({max_wal_size: '8GB', maintenance_work_mem: '256MB'})
const on = listenTo(at('op_admin'))
try {
  await makeTemplate(server.port)
  await fill()
  // So that there is a change to show.
  await ask(['flags', 'rollout', 'new_editor', '50', '--yes'])
  const worst = {'tenant-show': 0, find: 0}
  for (const [id, lines] of Object.entries(reads)) {
    for (const line of lines) {
      const words = [...id.split(' '), ...line]
      const ms = await measure(words)
      if (id === 'tenant show') worst['tenant-show'] = Math.max(worst['tenant-show'], ms)
      if (id === 'find') worst.find = Math.max(worst.find, ms)
    }
  }
  for (const [name, ms] of Object.entries(worst)) console.log(`${name} ratio ${(ms / limitMs).toFixed(2)} limit 1`)
  if (Object.values(worst).some((ms) => ms > limitMs)) process.exitCode = 1

  /** The milliseconds of database time, planning included, that a command line takes; prints them with what it scans. */
  async function measure(words: readonly string[]): Promise<number> {
    on.take()
    await ask(words)
    const asked = on.take()
    const times: number[] = []
    let answers: Explained[] = []
    for (let time = 0; time < runs; time += 1) {
      answers = []
      for (const query of asked) answers.push(await explain(on, query))
      times.push(answers.reduce((sum, {ms}) => sum + ms, 0))
      // What takes seconds is not asked for again and again.
      if ((times[0] ?? 0) > 1_000) break
    }
    const scanned = new Set(answers.flatMap((answer) => [...answer.scanned]))
    const also = scanned.size > 0 ? `  reads all of ${[...scanned].sort().join(', ')}` : ''
    console.log(`${median(times).toFixed(1).padStart(8)} ms  pm ${words.join(' ')}${also}`)
    return median(times)
  }
} finally {
  await on.close()
  await server.stop()
}

async function ask(words: readonly string[]): Promise<void> {
  const {exitCode, stderr} = await run({connection: on, isTTY: {stdout: true}, env: {SSH_TTY: 'nobody looks'}}, words)
  if (exitCode !== 0) throw new Error(`pm ${words.join(' ')} exited ${exitCode}: ${stderr}`)
}

function at(user: string) {
  return {host: '127.0.0.1', port: server.port, database: templateDatabase, user, tls: false} as const
}

async function fill(): Promise<void> {
  const start = performance.now()
  const rows = await seed(at('postgres'), tenants)
  console.log(
    `${rows.toLocaleString('en')} rows for ${tenants.toLocaleString('en')} tenants in ${((performance.now() - start) / 1_000).toFixed(0)} s`,
  )
}
