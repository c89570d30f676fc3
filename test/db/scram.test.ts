import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {scramVerifier} from '../../src/db/scram.ts'
import {openServer} from '../../src/db/server.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'

let database: TestDatabase
const login = `scram_${process.pid}`

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(async () => {
  await sql`drop role if exists ${sql.id(login)}`.execute(database.owner.db)
  await database.drop()
})

describe('the verifier of a password', () => {
  it.each(['correct horse battery staple', String.raw`p'\"$%:~ `])(
    'of “%s” is what the server makes of it',
    async (password) => {
      const {db} = openServer(database.server('postgres'), 'pm test', 1)
      await sql`set password_encryption = 'scram-sha-256'`.execute(db)
      await sql`drop role if exists ${sql.id(login)}`.execute(db)
      await sql`create role ${sql.id(login)} password ${sql.lit(password)}`.execute(db)
      const {rows} = await sql<{
        stored: string
      }>`select rolpassword as stored from pg_authid where rolname = ${login}`.execute(db)
      await db.destroy()
      const stored = rows[0]?.stored ?? ''
      const salt = stored.match(/^SCRAM-SHA-256\$4096:([^$]+)\$/)?.[1] ?? ''
      expect(scramVerifier(password, Buffer.from(salt, 'base64'))).toBe(stored)
    },
  )

  it('differs each time, by its salt', () => {
    expect(scramVerifier('the same')).not.toBe(scramVerifier('the same'))
  })
})
