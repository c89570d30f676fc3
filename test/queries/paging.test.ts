import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Reader, read} from '../../src/db/transaction.ts'
import {changeOrdering, listChanges} from '../../src/queries/audit/list.ts'
import type {IpRow} from '../../src/queries/ip/columns.ts'
import {ipOrdering, listIps} from '../../src/queries/ip/list.ts'
import {listing} from '../../src/queries/paging.ts'
import {UsageError} from '../../src/rules/errors.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {openSessionAs, type TestSession} from '../support/session.ts'

let database: TestDatabase
let session: TestSession

beforeAll(async () => {
  database = await freshDatabase()
  session = openSessionAs(database, 'op_viewer')
})
afterAll(async () => {
  await session.close()
  await database.drop()
})

const ips = listing<IpRow>(ipOrdering, (db) => listIps(db, {}))
const row: IpRow = {
  ip: '203.0.113.24',
  status: 'warmed',
  reputation: null,
  domains: 9,
  region: 'us-east',
  vps: 'hw-410902',
  listed_on: [],
  checked: null,
  cost: '3.00',
  id: '32b8f5da-ca31-8f50-9443-36a6302dda85',
}

function compile(page: Parameters<typeof ips.query>[1]): Promise<unknown> {
  return read(session, 'ip.read', async (db: Reader) => ips.query(db, page).compile().parameters)
}

function cursor(...parts: unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

describe('a cursor', () => {
  it('says how the list was sorted, the last value and the last key', () => {
    const decoded = JSON.parse(Buffer.from(ips.cursor(row, {sort: '-domains'}), 'base64url').toString())
    expect(decoded).toEqual(['-domains', 9, row.id])
    expect(ips.cursor(row, {sort: '-domains'})).toMatch(/^[\w-]+$/)
  })

  it('has a null where the last row had one', () => {
    expect(ips.cursor(row, {sort: 'checked'})).toBe(cursor('checked', null, row.id))
  })

  it('of the usual order is of the field that this is', () => {
    expect(ips.cursor(row, {})).toBe(cursor('ip', row.ip, row.id))
  })

  it.each([
    ['nothing', ''],
    ['a word', 'page2'],
    ['a number', Buffer.from('7').toString('base64url')],
    ['an object', Buffer.from('{"sort":"ip"}').toString('base64url')],
    ['too little', cursor('ip', '203.0.113.24')],
    ['too much', cursor('ip', '203.0.113.24', row.id, 1)],
    ['a list for a value', cursor('ip', ['203.0.113.24'], row.id)],
    ['an object for a key', cursor('ip', '203.0.113.24', {id: row.id})],
    ['no key', cursor('ip', '203.0.113.24', null)],
    ['no order', cursor(null, '203.0.113.24', row.id)],
  ])('is refused when it is %s', async (_, after) => {
    await expect(compile({after})).rejects.toThrow(
      new UsageError('--after takes the cursor that the list printed, unchanged.'),
    )
  })

  it.each([
    ['-ip', 'ip'],
    ['ip', '-ip'],
    ['ip', 'domains'],
    [undefined, 'domains'],
    ['domains', undefined],
  ])('of the order %s does not go on in the order %s', async (sorted, sort) => {
    await expect(compile({sort, after: ips.cursor(row, {sort: sorted})})).rejects.toMatchObject({
      reason: 'usage',
      hint: `It is of a list sorted by ${sorted ?? 'ip'}: give --sort ${sorted ?? 'ip'}, too.`,
    })
  })

  it('goes on where the order is said and where it is the usual one, alike', async () => {
    const after = ips.cursor(row, {sort: 'ip'})
    expect(await compile({after})).toEqual(await compile({sort: 'ip', after}))
  })
})

describe('an order', () => {
  it.each(['cost', 'listed_on', 'id', '', '-', '--ip', 'IP', 'toString', 'ip; drop table users'])(
    'that a list does not have is refused: %j',
    async (sort) => {
      await expect(compile({sort})).rejects.toMatchObject({
        message: `This list cannot be sorted by “${sort.replace(/^-/, '')}”.`,
        hint: 'Sort by ip, status, reputation, region, vps, domains, checked; put - in front for descending.',
      })
    },
  )

  it('of changes is the newest first, if nothing is said', async () => {
    const changes = listing(changeOrdering, (db) => listChanges(db, {}))
    const {sql} = await read(session, 'audit.read', async (db: Reader) => changes.query(db, {limit: 2}).compile())
    expect(sql.slice(sql.indexOf(' as "listed"'))).toMatchInlineSnapshot(
      `" as "listed" order by "id" desc, "id" desc limit $1"`,
    )
  })
})
