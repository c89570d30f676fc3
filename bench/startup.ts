import {ipOrdering, listIps} from '../src/queries/ip/list.ts'
import {listing} from '../src/queries/paging.ts'
import {startPostgres} from '../test/support/postgres.ts'
import {makeTemplate, templateDatabase} from '../test/support/template.ts'
import {inTurn, median} from './pairs.ts'
import {queryText} from './query-text.ts'

// What an operator would write instead of pm: connect, run the same query, print JSON.
const bare = `
import pg from 'pg'
const client = new pg.Client(process.env.DATABASE_URL)
await client.connect()
const {rows} = await client.query(process.env.QUERY)
await client.end()
process.stdout.write(JSON.stringify(rows) + '\\n')
`
const runs = Number(process.env.RUNS ?? 31)
const limit = 1.8

const server = await startPostgres()
try {
  await makeTemplate(server.port)
  const env = {
    DATABASE_URL: `postgres://op_admin@127.0.0.1:${server.port}/${templateDatabase}`,
    QUERY: queryText(listing(ipOrdering, (db) => listIps(db, {}))),
  }
  const root = new URL('..', import.meta.url).pathname
  const pm = {command: process.execPath, args: [`${root}bin/run.js`, 'ip', 'list', '-o', 'json'], env}
  const script = {command: process.execPath, args: ['--input-type=module', '-e', bare], env}
  const {one, other} = inTurn(pm, script, runs)
  const [ours, theirs] = [median(one), median(other)]
  const ratio = median(one.map((seconds, run) => seconds / (other[run] ?? Number.NaN)))
  console.log(
    `pm ip list -o json: median ${ms(ours)}; bare node script with pg: median ${ms(theirs)}; ${runs} runs each, in turn`,
  )
  console.log(`ip-list-startup ratio ${ratio.toFixed(2)} limit ${limit}`)
  process.exitCode = ratio > limit ? 1 : 0
} finally {
  await server.stop()
}

function ms(seconds: number): string {
  return `${(seconds * 1_000).toFixed(0)} ms`
}
