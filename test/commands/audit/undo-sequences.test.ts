import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runs} from '../../output/hostile.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {as} from '../../support/ip-write.ts'
import {differences} from '../../support/pool-diff.ts'
import {ask, poolOf, torn, wrongCounts} from '../../support/records.ts'
import {type Ran, run} from '../../support/run.ts'
import {openSessionAs, type TestSession} from '../../support/session.ts'

let database: TestDatabase
let session: TestSession

beforeAll(async () => {
  database = await freshDatabase()
  session = openSessionAs(database, 'op_operations')
  await ask(database, 'create table public.ips_then as table smtp_ip_addresses')
  await ask(database, 'create table public.assignments_then as table domain_ip_assignments')
})
afterAll(async () => {
  await session.close()
  await database.drop()
})

// All over one connection: thousands of commands would spend their time connecting.
function operate(argv: readonly string[]): Promise<Ran> {
  return run(as(database, 'op_operations', {connection: session.primary}), argv)
}

async function backToThen(): Promise<void> {
  await ask(
    database,
    `delete from smtp_ip_addresses; insert into smtp_ip_addresses table ips_then;
     insert into domain_ip_assignments table assignments_then`,
  )
}

// Few of each, so that commands get in each other's way.
const ips = ['198.51.100.140', '198.51.100.141', '203.0.113.25'] as const
const domains = ['cafecreme.example', 'soester.example', 'newleaf.example'] as const

const ip = fc.constantFrom(...ips)
const domain = fc.constantFrom(...domains)
const command = fc.oneof(
  fc.tuple(ip, fc.constantFrom('good', 'fair')).map((words) => ['ip', 'rate', ...words]),
  ip.map((one) => ['ip', 'quarantine', one, '--yes']),
  fc.tuple(ip, ip).map(([one, to]) => ['ip', 'quarantine', one, '--to', to, '--yes']),
  fc.tuple(ip, fc.constantFrom('warming', 'available')).map(([one, to]) => ['ip', 'release', one, '--as', to, '--yes']),
  {weight: 5, arbitrary: fc.tuple(domain, ip).map((words) => ['ip', 'assign', ...words, '--yes'])},
  {weight: 5, arbitrary: domain.map((one) => ['ip', 'unassign', one, '--yes'])},
  ip.map((one) => ['ip', 'retire', one, '--yes']),
)
// What the platform itself does to the same rows, without pm and without a record.
const other = fc.oneof(
  fc
    .tuple(ip, fc.constantFrom('good', 'poor'))
    .map(
      ([one, to]) =>
        `update smtp_ip_addresses set reputation_state = '${to}', updated = now() where ip_address = '${one}'`,
    ),
  ip.map(
    (one) => `update smtp_ip_addresses set last_reputation_check = now(), updated = now() where ip_address = '${one}'`,
  ),
  domain.map(
    (one) => `update domain_ip_assignments set last_sent = now(), warmup_state = 'warmed', updated = now()
      where status <> 'expired' and domain_id = (select id from domains where domain = '${one}')`,
  ),
)
type Step = {argv: string[]} | {sql: string} | {undo: number}
const step: fc.Arbitrary<Step> = fc.oneof(
  {weight: 6, arbitrary: command.map((argv) => ({argv}))},
  {weight: 2, arbitrary: other.map((sql) => ({sql}))},
  {weight: 4, arbitrary: fc.nat({max: 100}).map((undo) => ({undo}))},
)

/** The columns of a change's rows that are not what it left behind, and rows that should be gone or there and are not. */
async function changedSince(change: number): Promise<object[]> {
  return ask(
    database,
    `select i.id, c.key from pm.row_images i
     left join lateral (
       select to_jsonb(t) as row from smtp_ip_addresses t where i.table_name = 'public.smtp_ip_addresses' and t.id = (coalesce(i.after, i.before) ->> 'id')::uuid
       union all
       select to_jsonb(t) from domain_ip_assignments t where i.table_name = 'public.domain_ip_assignments' and t.id = (coalesce(i.after, i.before) ->> 'id')::uuid
     ) now on true
     cross join lateral jsonb_each(coalesce(i.after, i.before)) c
     where i.change_id = ${change} and c.key <> 'updated'
       and (i.before is null or i.after is null or i.before -> c.key is distinct from i.after -> c.key)
       and (case when i.after is null then now.row is not null else now.row -> c.key is distinct from c.value end)`,
  )
}

async function undoneBy(change: number): Promise<object[]> {
  return ask(database, `select id from pm.changes where undo_of = ${change}`)
}

async function lastChange(): Promise<number> {
  const [row] = await ask<{id: number}>(database, 'select coalesce(max(id), 0) as id from pm.changes')
  return row?.id ?? 0
}

type Verdict = 'done' | 'changed since' | 'undone before' | 'wrong afterwards'

/** Undoes a change and sees that it did so exactly where it could. */
async function checkUndo(change: number): Promise<Verdict> {
  const before = await poolOf(database)
  const [changed, undone] = [await changedSince(change), await undoneBy(change)]
  const {exitCode, stderr} = await operate(['audit', 'undo', `${change}`, '--yes'])
  const wrote = await differences(database, before, await poolOf(database))
  if (exitCode !== 0) {
    expect({exitCode, wrote}).toEqual({exitCode: 6, wrote: []})
    if (undone.length > 0) return 'undone before'
    if (changed.length > 0) return 'changed since'
    // Without an obstacle in its rows it is refused only for what would be wrong afterwards.
    expect(stderr).toMatch(/Assigned to another IP meanwhile|Domains were assigned to|more rows? would go/)
    return 'wrong afterwards'
  }
  expect({changed, undone}).toEqual({changed: [], undone: []})
  // Its own images say the same backwards: what the change left is what the undo found, and so on the other side.
  const same = await ask(
    database,
    `select count(*) from pm.row_images i full join (select * from pm.row_images where change_id = ${await lastChange()}) u
       on (u.table_name, coalesce(u.after, u.before) ->> 'id') = (i.table_name, coalesce(i.after, i.before) ->> 'id')
     where i.change_id = ${change} and (u.id is null or exists (
       select from jsonb_object_keys(coalesce(i.before, i.after)) k where k <> 'updated'
         and (i.before is null or i.after is null or i.before -> k is distinct from i.after -> k)
         and (u.after -> k is distinct from i.before -> k or u.before -> k is distinct from i.after -> k)))`,
  )
  expect(same).toEqual([{count: 0}])
  return 'done'
}

/** The changes made since one of the past, oldest first. */
async function changesSince(first: number): Promise<{id: number; undo_of: number | null}[]> {
  return ask(database, `select id, undo_of from pm.changes where id > ${first} order by id`)
}

async function take(one: Step, first: number): Promise<Verdict | undefined> {
  if ('sql' in one) {
    await ask(database, one.sql)
  } else if ('argv' in one) {
    const {exitCode, stderr} = await operate(one.argv)
    expect({argv: one.argv, stderr, known: [0, 2, 6].includes(exitCode)}).toMatchObject({known: true})
  } else {
    const made = await changesSince(first)
    const change = made[one.undo % Math.max(1, made.length)]
    if (change) return checkUndo(change.id)
  }
  return undefined
}

describe('any sequence of changes, of what others do, and of undos', () => {
  it('leaves counts true, no domain on two IPs, and undoes all of a change or nothing', async () => {
    const verdicts: (Verdict | undefined)[] = []
    await fc.assert(
      fc.asyncProperty(fc.array(step, {minLength: 5, maxLength: 14}), async (steps) => {
        await backToThen()
        const first = await lastChange()
        for (const one of steps) {
          verdicts.push(await take(one, first))
          expect({counts: await wrongCounts(database), torn: await torn(database)}).toEqual({counts: [], torn: []})
        }
      }),
      runs(150),
    )
    // Each happened often enough to have meant something.
    const often = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length
    expect(often('done')).toBeGreaterThan(100)
    expect(often('changed since')).toBeGreaterThan(20)
    expect(often('undone before')).toBeGreaterThan(20)
    expect(often('wrong afterwards')).toBeGreaterThan(2)
  })
})
