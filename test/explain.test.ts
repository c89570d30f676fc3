import {globSync} from 'node:fs'
import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {listFlags, recordFlags} from '../src/cli/options.ts'
import {WriteCommand} from '../src/cli/write-command.ts'
import {seed} from '../src/db/seed.ts'
import {type Reader, readerOf} from '../src/db/transaction.ts'
import {freshDatabase, type TestDatabase} from './support/database.ts'
import {type Explained, explain, type Listening, listenTo} from './support/explained.ts'
import {counting, elsewhere, type Line, pooled, reads, sifting} from './support/questions.ts'
import {commandIds, loadCommand, run} from './support/run.ts'

// Small enough to make in seconds, and large enough that the planner decides as it does for two hundred thousand tenants:
// there, bench/explain.ts measures the same.
const tenants = 4_000
/** How many rows of a table a page, or one thing, may take: a quarter of the tenants, and less of all else. */
const most = 1_000
const page = ['--limit', '10']
const small = new Set([
  'plans',
  'feature_flags',
  'system_config',
  'vps_instances',
  'staff_roles',
  'permissions',
  'staff_role_permissions',
])

/** How many are counted where what is more is estimated. */
const mostCounted = 5_000
/** How many tenants are looked at for a page of those that no index finds. */
const sifted = 1_000

let database: TestDatabase
let sizes: ReadonlyMap<string, number>
let on: Listening
const usedIndexes = new Set<string>()

beforeAll(async () => {
  database = await freshDatabase()
  const {db} = database.owner
  await seed(database.server('postgres'), tenants)
  await sql`insert into smtp_ip_addresses (ip_address, status, reputation_state, assigned_count, last_reputation_check)
    select '198.18.' || n / 256 || '.' || n % 256, 'available', 'good', 1, now() from generate_series(1, ${tenants}) n`.execute(
    db,
  )
  await sql`insert into vps_instances (hostwinds_instance_id, status)
    select 'hw-idle-' || n, 'active' from generate_series(1, ${tenants}) n`.execute(db)
  // A plan with more subscribers than are counted, who came when the others did.
  await sql`insert into subscriptions (plan_id, status, current_period_end, created)
    select id, 'active', now() + interval '20 days', now() - n * interval '20 seconds'
    from plans, generate_series(1, ${mostCounted + 2 * most}) n where slug = 'scale'`.execute(db)
  await sql`insert into pm.changes (command, permission, targets, login, role, request_key, enforced_by)
    select 'pm ip rate', 'ip.write', array['ip:' || n], 'op_operations', 'operations', gen_random_uuid(), 'database'
    from generate_series(1, ${tenants}) n`.execute(db)
  await sql`insert into pm.row_images (change_id, table_name, op)
    select id, 'public.smtp_ip_addresses', 'update' from pm.changes`.execute(db)
  await sql`insert into pm.refusals (command, permission, targets, login, user_id, made)
    select 'pm ip rate', (array['ip.write', 'lead.reveal'])[1 + (n % 400)::integer / 399], '{}', l.login, l.user_id,
      now() - (${tenants} - n) * interval '1 minute'
    from generate_series(1, ${tenants}) n join pm.operator_logins l
      on l.login = case n % 400 when 0 then 'op_viewer' else 'op_operations' end`.execute(db)
  // Tables so small are cheap to read from end to end: it must look as dear as it is when they are large.
  await sql`alter database ${sql.id(nameOf(database))} set random_page_cost = 1.1`.execute(db)
  await sql`vacuum analyze`.execute(db)
  const {rows} = await sql<{table: string; size: number}>`
    select relname as table, reltuples::integer as size from pg_class where relkind = 'r'`.execute(db)
  sizes = new Map(rows.map(({table, size}) => [table, size]))
  // Under row-level security, as whoever works here: an owner's plans are other plans.
  on = listenTo(database.server('op_admin'))
}, 240_000)

afterAll(async () => {
  await on.close()
  await database.drop()
})

describe('every command that reads', () => {
  const readers = commandIds().filter((id) => !id.startsWith('db ') && !id.startsWith('context ') && id !== 'schema')

  test.each(readers)('pm %s has its questions asked here, by every flag of its own', async (id) => {
    const command = await loadCommand(id)
    if (command.permission === 'none' || command.prototype instanceof WriteCommand || elsewhere.has(id)) return
    const given = (reads[id] ?? []).flat()
    const own = Object.keys(command.flags ?? {}).filter(
      (flag) => !(flag in {...listFlags, ...recordFlags, reason: 0, reveal: 0}),
    )
    expect(reads).toHaveProperty(id)
    expect(own.filter((flag) => !given.includes(`--${flag}`))).toEqual([])
  })
})

describe.each(Object.entries(reads))('pm %s looks at no more than a page needs', (id, lines) => {
  test.each(lines.map((line) => [line.join(' '), line]))('%s', {timeout: 120_000}, async (_, line) => {
    for (const words of await pagesOf(id, line)) expect(await tooMuch(words)).toEqual([])
  })
})

describe('every question of a prompt looks at no more than it offers', async () => {
  const modules = globSync('src/queries/**/*.ts').map((file) => import(new URL(`../${file}`, import.meta.url).href))
  const finders = (await Promise.all(modules)).flatMap((module) =>
    Object.entries<(db: Reader, typed: string) => Promise<unknown>>(module).filter(([name]) =>
      /^search[A-Z]/.test(name),
    ),
  )
  test.each(finders)('%s', async (_name, find) => {
    for (const typed of ['', 's', 'Seeded 0000042', 'd1.t42.example']) {
      on.take()
      await find(readerOf(on.db), typed)
      expect(await violations()).toEqual([])
    }
  })
})

/** What changes many things, the name of each of them, and how its dry run ends. */
const lists: readonly (readonly [string, (n: number) => string, number])[] = [
  ['account suspend', (n) => `hello@d1.t${n}.example`, 9],
  ['account activate', (n) => `HELLO@d2.t${n}.example`, 0],
  ['account reset-count', (n) => `hello@d1.t${n}.example`, 0],
  ['campaign pause', (n) => `Campaign of ${n}`, 9],
  ['campaign resume', (n) => `campaign of ${n}`, 9],
  ['domain deployed', (n) => `d1.t${n}.example`, 0],
  ['ip quarantine', (n) => `198.18.0.${n}`, 9],
  ['ip rate poor', (n) => `198.18.0.${n}`, 9],
  ['ip release', (n) => `198.18.0.${n}`, 6],
  ['ip retire', (n) => `198.18.0.${n}`, 9],
]

test.each(lists)('pm %s of a list looks at what the list names', async (id, nameOfEach, exitCode) => {
  const stdin = Array.from({length: 200}, (_, n) => nameOfEach(n + 1)).join('\n')
  on.take()
  const ran = await run({connection: on, stdin}, [...id.split(' '), '--from-file', '-', '--dry-run'])
  expect(ran).toMatchObject({exitCode})
  expect(await violations()).toEqual([])
})

test('every index of pm answers one of these questions', async () => {
  const {rows} = await sql<{name: string}>`select indexname as name from pg_indexes
    where indexname like 'pm\\_%' order by 1`.execute(database.owner.db)
  expect(rows.map(({name}) => name).filter((name) => !usedIndexes.has(name))).toEqual([])
})

test('an index that is gone is noticed', async () => {
  await sql`drop index pm_users_order`.execute(database.owner.db)
  expect(await tooMuch(['user', 'list', ...page])).toEqual([expect.stringMatching(/^\d+ users of /)])
})

function nameOf({server}: TestDatabase): string {
  return server('').database
}

/** The command lines of one line: of a list every order of it both ways, and what comes behind the first page. */
async function pagesOf(id: string, line: Line): Promise<string[][]> {
  const words = [...id.split(' '), ...line]
  if (!('sort' in ((await loadCommand(id)).flags ?? {}))) return [words]
  const {stderr} = await ask([...words, '--sort', 'no-such-field'])
  const fields = /Sort by (.*?);/.exec(stderr)?.[1]?.split(', ') ?? []
  const sorts = fields.flatMap((field) => [field, `-${field}`]).map((sort) => ['--sort', sort])
  const pages = [[], ...(line.length === 0 ? sorts : [])].map((sort) => [...words, ...sort, ...page])
  const next = await Promise.all(pages.map(behind))
  return [...pages, ...next.flat()]
}

async function behind(words: readonly string[]): Promise<string[][]> {
  const cursor = /--after (\S+)/.exec((await ask(words)).stderr)?.[1]
  return cursor === undefined ? [] : [[...words, '--after', cursor]]
}

function ask(words: readonly string[]) {
  return run({connection: on, isTTY: {stdout: true}, env: {SSH_TTY: 'nobody looks'}}, words)
}

/** What a command line looked at that it need not have. */
async function tooMuch(words: readonly string[]): Promise<string[]> {
  on.take()
  const {exitCode, stderr} = await ask(words)
  expect({exitCode, stderr}).toMatchObject({exitCode: 0})
  const line = words.join(' ')
  return violations({
    known: pooled.test(line) ? new Set([...small, 'smtp_ip_addresses']) : small,
    mostOf: (table) => (words.includes('--all') ? Number.POSITIVE_INFINITY : mostFor(line, table)),
  })
}

function mostFor(line: string, table: string): number {
  return most + (sifting.test(line) ? siftedOf(table) : 0) + (counting.test(line) ? mostCounted : 0)
}

// What is theirs, which is asked about each of three limits; of an IP, too, what its other tenants send by it.
function siftedOf(table: string): number {
  const theirs = ((sizes.get(table) ?? 0) * sifted) / tenants
  return table === 'domain_ip_assignments' ? theirs * 25 : theirs * 3
}

interface Allowance {
  /** Tables that may be read as a whole. */
  known: ReadonlySet<string>
  mostOf: (table: string) => number
}

/** What was looked at beyond what may be. However much that is, it is never a table read from end to end. */
async function violations({known, mostOf}: Allowance = {known: small, mostOf: () => most}): Promise<string[]> {
  const answers: Explained[] = []
  for (const query of on.take()) answers.push(await explain(on, query))
  for (const {indexes} of answers) for (const index of indexes) usedIndexes.add(index)
  return answers.flatMap(({sql: text, rows, scanned}) =>
    [...rows]
      .filter(([table, count]) => count > (scanned.has(table) ? most : mostOf(table)) && !known.has(table))
      .map(([table, count]) => `${count} ${table} of ${text}`),
  )
}
