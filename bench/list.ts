import {domainOrdering, listDomains} from '../src/queries/domain/list.ts'
import {listing} from '../src/queries/paging.ts'
import {type Cost, measure} from './measured.ts'
import {median, type Program} from './pairs.ts'
import {openPlatforms} from './platforms.ts'
import {queryText} from './query-text.ts'

// Five domains of each of TENANTS tenants as text, against what an operator would do instead: the same query in psql's
// \copy to stdout. Whole processes, in turn.
const tenants = Number(process.env.TENANTS ?? 200_000)
const runs = Number(process.env.RUNS ?? 5)
const limits = {time: 2, peakMb: 200, growth: 1.2}

const platforms = await openPlatforms([tenants])
try {
  const query = queryText(listing(domainOrdering, (db) => listDomains(db, {}))).replaceAll('\n', ' ')
  const url = `postgres://op_admin@127.0.0.1:${platforms.port}/${platforms.at(tenants, '').database}`
  const pm = (...flags: string[]): Program => ({
    command: process.execPath,
    args: [`${new URL('..', import.meta.url).pathname}bin/run.js`, 'domain', 'list', ...flags],
    env: {DATABASE_URL: url},
  })
  const psql = (options: string): Program => ({
    command: 'psql',
    args: [url, '-qc', `\\copy (${query}) to stdout ${options}`],
  })
  for (const [format, options] of Object.entries({ndjson: '', csv: 'csv header', tsv: ''})) {
    const all = await inTurn(pm('-o', format), psql(options))
    const few = await measure(pm('-o', format, '--limit', String(tenants / 2)))
    const peak = Math.max(...all.map(({ours}) => ours.peakMb))
    const [ours, theirs] = [all.map((run) => run.ours.seconds), all.map((run) => run.theirs.seconds)]
    console.log(
      `${format}: ${(tenants * 5).toLocaleString('en')} rows in ${median(ours).toFixed(1)} s, psql in ${median(theirs).toFixed(1)} s; at most ${peak.toFixed(0)} MB, for a tenth of them ${few.peakMb.toFixed(0)} MB`,
    )
    tell(`list-${format}`, median(all.map((run) => run.ours.seconds / run.theirs.seconds)), limits.time)
    tell(`list-${format}-memory`, peak / limits.peakMb, 1)
    tell(`list-${format}-memory-growth`, peak / few.peakMb, limits.growth)
  }
} finally {
  await platforms.stop()
}

/** Runs both, A B A B …; the first runs fill caches and are not counted. */
async function inTurn(one: Program, other: Program): Promise<{ours: Cost; theirs: Cost}[]> {
  const costs: {ours: Cost; theirs: Cost}[] = []
  for (let run = -1; run < runs; run += 1) {
    const cost = {ours: await measure(one), theirs: await measure(other)}
    if (run >= 0) costs.push(cost)
  }
  return costs
}

function tell(name: string, ratio: number, limit: number): void {
  console.log(`${name} ratio ${ratio.toFixed(2)} limit ${limit}`)
  if (!(ratio <= limit)) process.exitCode = 1
}
