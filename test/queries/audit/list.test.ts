import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {read} from '../../../src/db/transaction.ts'
import {type ChangeFilter, listChanges, listChangesOf} from '../../../src/queries/audit/list.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {openSessionAs, type TestSession} from '../../support/session.ts'

let database: TestDatabase
let admin: TestSession
let operations: TestSession

beforeAll(async () => {
  database = await freshDatabase()
  admin = openSessionAs(database, 'op_admin')
  operations = openSessionAs(database, 'op_operations')
  const as = (login: string, ...argv: string[]) => run({env: {DATABASE_URL: database.url(login)}}, argv)
  await as('op_admin', 'ip', 'rate', '203.0.113.24', 'critical', '--reason', 'bounces')
  await as('op_operations', 'ip', 'quarantine', '203.0.113.24', '--yes')
  await as('op_operations', 'ip', 'rate', '192.0.2.10', '2001:db8:113::24', 'fair')
  await as('op_admin', 'audit', 'undo', '3', '--yes')
})
afterAll(async () => {
  await admin.close()
  await operations.close()
  await database.drop()
})

function list(filter: ChangeFilter, session = admin) {
  return read(session, 'audit.read', (db) => listChanges(db, filter).orderBy('c.id').execute())
}

async function ids(filter: ChangeFilter): Promise<number[]> {
  return (await list(filter)).map(({id}) => id)
}

describe('the list of changes', () => {
  it('compiles to one statement', async () => {
    const {sql} = await read(admin, 'audit.read', async (db) => listChanges(db, {}).compile())
    expect(sql).toMatchInlineSnapshot(
      `
      "select "c"."id", "c"."made", coalesce("u"."email", "c"."login") as "by", "c"."role", "c"."command", "c"."targets", (select count(*) as "count" from "pm"."row_images" as "r" where "r"."change_id" = "c"."id") as "rows", "c"."reason", "c"."undo_of", "n"."undone_by", "n"."partly_undone_by", "c"."permission", "c"."enforced_by" from "pm"."changes" as "c" left join "users" as "u" on "u"."id" = "c"."user_id" inner join lateral (
        select max(m.id) filter (where coalesce(p.done > 0 and p.whole, true)) as undone_by,
          max(m.id) filter (where p.done > 0 and not p.whole) as partly_undone_by
        from pm.changes m left join pm.jobs j on j.change_id = m.id cross join lateral (
          select sum(done) as done, bool_and(position = size and not exists (
            select from unnest(missed) told where told ->> 'outcome' <> 'already')) as whole
          from pm.job_pages where job_id = j.id) p
        where m.undo_of = c.id) as "n" on true"
    `,
    )
  })

  it('says of each change who made it, how many rows it has, and what undid it', async () => {
    const rows = await list({})
    expect(rows[0]).toEqual({
      id: 1,
      made: expect.stringMatching(/Z$/),
      by: 'ada@penguinmails.example',
      role: 'admin',
      command: 'pm ip rate 203.0.113.24 critical --reason bounces',
      targets: ['ip:203.0.113.24'],
      rows: 1,
      reason: 'bounces',
      undo_of: null,
      undone_by: null,
      partly_undone_by: null,
      permission: 'ip.write',
      enforced_by: 'database',
    })
    expect(rows.map(({id, by, rows: count, undo_of, undone_by}) => [id, by, count, undo_of, undone_by])).toEqual([
      [1, 'ada@penguinmails.example', 1, null, null],
      [2, 'olga@penguinmails.example', 23, null, null],
      [3, 'olga@penguinmails.example', 2, null, 4],
      [4, 'ada@penguinmails.example', 2, 3, null],
    ])
  })

  it.each<[string, ChangeFilter, number[]]>([
    ['nothing', {}, [1, 2, 3, 4]],
    ['an IP by its address alone', {target: '203.0.113.24'}, [1, 2]],
    ['an IP by noun and address', {target: 'ip:203.0.113.24'}, [1, 2]],
    ['an IPv6 address, which has colons', {target: '2001:db8:113::24'}, [3, 4]],
    ['a domain', {target: 'acme.example'}, [2]],
    ['a tenant', {target: 'tenant:Blue Anchor Shipping'}, [2]],
    ['another noun of the same name', {target: 'domain:203.0.113.24'}, []],
    ['a part of a name', {target: '203.0.113.2'}, []],
    ['a login', {by: 'op_operations'}, [2, 3]],
    ['an e-mail', {by: 'olga@penguinmails.example'}, [2, 3]],
    ['an e-mail in another case', {by: 'Olga@PenguinMails.example'}, [2, 3]],
    ['a part of an e-mail', {by: 'olga'}, []],
    ['how a command begins', {command: 'ip rate'}, [1, 3]],
    ['a command as it is shown', {command: 'pm ip rate'}, [1, 3]],
    ['a command and its target', {command: 'ip rate 192.0.2.10'}, [3]],
    ['a pattern, which is none', {command: 'ip %'}, []],
    ['an underscore, which stands for itself', {command: 'ip_rate'}, []],
    ['a backslash', {command: 'ip rate \\'}, []],
    ['a moment long ago', {since: '2000-01-01T00:00:00.000Z'}, [1, 2, 3, 4]],
    ['a moment to come', {since: '2999-01-01T00:00:00.000Z'}, []],
    ['two of these', {by: 'op_admin', target: '192.0.2.10'}, [4]],
  ])('filters by %s', async (_, filter, expected) => {
    expect(await ids(filter)).toEqual(expected)
  })

  it('begins exactly at the moment given', async () => {
    const [{made} = {made: ''}] = await ask<{made: string}>(database, 'select made from pm.changes where id = 3')
    expect(await ids({since: made})).toEqual([3, 4])
  })

  it('finds the last changes of one thing, newest first', async () => {
    const last = await read(admin, 'audit.read', (db) => listChangesOf(db, 'ip:203.0.113.24', 1))
    expect(last.map(({id}) => id)).toEqual([2])
  })

  it('shows operators without audit.read their own changes only', async () => {
    await ask(
      database,
      `delete from staff_role_permissions where role_id = (select id from staff_roles where name = 'operations')
       and permission_id = (select id from permissions where name = 'audit.read')`,
    )
    const own = await read(operations, 'ip.write', (db) => listChanges(db, {}).orderBy('c.id').execute())
    expect(own.map(({id}) => id)).toEqual([2, 3])
  })
})
