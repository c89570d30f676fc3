import {readFileSync} from 'node:fs'
import {openServer} from '../src/db/server.ts'
import {beginJob} from '../src/changes/job/begin.ts'
import {runJob} from '../src/changes/job/run.ts'
import {getJob} from '../src/queries/job/find.ts'
import {write, readForWrite, type Session} from '../src/db/transaction.ts'
const port = Number(process.argv[2]), workers = Number(process.argv[3] ?? 2)
const primary = openServer({host: '127.0.0.1', port, user: 'op_admin', database: 'pm_template', tls: false} as never, 'lab', workers + 1)
const session: Session = {primary, identity: {kind: 'session'}, limits: {statementMs: 60000, lockMs: 5000}}
const ids = readFileSync('/tmp/lab/ids.csv', 'utf8').trim().split('\n')
const to = 'bd702dea-b5f9-8f96-94b1-aed78abb0a28', from = 'd9b7e624-5bff-8845-8214-2d8867809aeb'
const t0 = performance.now()
const items = ids.map((id) => ({target: id, targets: [`tenant:${id}`, `subscription:${id}`], rows: [{table: 'public.subscriptions' as const, label: id, key: {id}, before: {plan_id: from, pending_plan_id: null}, after: {pending_plan_id: to}}]}))
const {result: id} = await write(session, {command: 'lab', permission: 'subscription.write', reason: null, targets: [], undoOf: null}, (trx) => beginJob(trx, {headline: 'x', permission: 'subscription.write', maxFailures: 10, undoOf: null}, {items, missed: []}))
console.log('begun', Math.round(performance.now() - t0))
const job = await readForWrite(session, 'subscription.write', (db) => getJob(db, id))
let worst = 0, n = 0
const ending = await runJob(session, job, {workers, rate: undefined, maxLagSeconds: 10, signal: new AbortController().signal, onWorkedOff: () => {n++}, onProgress: (p, h) => console.log(p.worked_off, p.items, h)})
console.log(ending, n, 'chunks', Math.round(performance.now() - t0), 'ms')
await primary.close()
