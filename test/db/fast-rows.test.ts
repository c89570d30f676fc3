import {sql} from 'kysely'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {emptyDatabase, type TestDatabase} from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await emptyDatabase()
})

afterAll(() => database.drop())

const everyType = sql<Record<string, unknown>>`
  select n, t.* from generate_series(1, 3) n, (values
  (null, null, null, null, null, null, null, null, null, null, null, null, null),
  ('plain', 'Ünï "quoted"\n\\ \u0007'::varchar, 'b3f1c2d4-0000-4000-8000-000000000001'::uuid, true, 1::smallint,
    9007199254740993::bigint, 12.50::numeric, 'NaN'::float8, '2026-11-28 10:00:00.123456+00'::timestamptz,
    '2026-11-28'::date, '{"a": [1, null]}'::jsonb, '{a,"b c",null}'::text[], '\\xdeadbeef'::bytea),
  ('', '', null, false, -1::smallint, 42::bigint, 0::numeric, -0.5::float8, 'infinity'::timestamptz,
    '0044-03-15 BC'::date, '"text"'::jsonb, '{}'::text[], ''::bytea)
  ) t (text, varchar, uuid, bool, int2, int8, numeric, float8, timestamptz, date, jsonb, texts, bytea)`

test('rows of every type come as pg itself makes them', async () => {
  const {db, rowsOf} = database.owner
  const statement = everyType.compile(db)
  const {rows} = await db.executeQuery(statement)
  expect(rows).toHaveLength(9)
  expect(await rowsOf(db, statement)).toEqual(rows)
  expect((await rowsOf(db, statement)).map(Object.keys)).toEqual(rows.map(Object.keys))
})

test('a statement without rows has none', async () => {
  const {db, rowsOf} = database.owner
  expect(await rowsOf(db, sql`select 1 as one where false`.compile(db))).toEqual([])
  expect(await rowsOf(db, sql`set application_name to 'nobody'`.compile(db))).toEqual([])
})

test('a statement that fails in the middle of its rows fails, and the next one works', async () => {
  const {db, rowsOf} = database.owner
  const failing = sql`select 1 / (3 - n) from generate_series(1, 5) n`.compile(db)
  await expect(rowsOf(db, failing)).rejects.toMatchObject({code: '22012'})
  expect(await rowsOf(db, sql`select 1 as one`.compile(db))).toEqual([{one: 1}])
})

test('a connection that breaks in the middle of its rows fails it', async () => {
  const {db, rowsOf} = database.owner
  const ending = sql`select pg_terminate_backend(pg_backend_pid())`.compile(db)
  await expect(rowsOf(db, ending)).rejects.toMatchObject({code: '57P01'})
})
