import {sql} from 'kysely'
import {describe, expect, it} from 'vitest'
import {openServer} from '../../../src/db/server.ts'
import {setUp} from '../../../src/db/set-up.ts'
import {emptyDatabase, type TestDatabase} from '../../support/database.ts'
import {run} from '../../support/run.ts'
import {ask, makeRole, newName, useDatabases} from './enrolling.ts'

useDatabases()

describe('the first operator', () => {
  // As after `pm db setup` on a new platform where somebody has signed up.
  async function newPlatform(owner: string): Promise<TestDatabase> {
    const platform = await emptyDatabase()
    await sql`alter database ${sql.id(platform.server('postgres').database)} owner to ${sql.id(owner)}`.execute(
      platform.owner.db,
    )
    const connection = openServer(platform.server(owner), 'pm test')
    await setUp(connection.db, {kind: 'session'})
    await connection.db
      .insertInto('users')
      .values({id: '00000000-0000-4000-8000-000000000001', email: 'first@penguinmails.example', name: 'First Admin'})
      .execute()
    await connection.close()
    return platform
  }

  async function expectBootstrapped(platform: TestDatabase, owner: string): Promise<void> {
    const login = newName()
    const argv = ['first@penguinmails.example', '--login', login, '--create-login', '--role', 'admin', '--yes']
    const world = (by: string) => ({env: {DATABASE_URL: platform.url(by)}})
    const {stderr, exitCode} = await run(world(owner), ['staff', 'enroll', ...argv])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0, stderr: expect.stringContaining(`as ${owner} (owner)`)})
    expect(stderr).toContain('An operator with audit.undo can undo it: pm audit undo 1')
    const who = await run(world(login), ['whoami', '-o', 'json', '--fields', 'login,name,role,enforced_by'])
    expect(JSON.parse(who.stdout)).toEqual({login, name: 'First Admin', role: 'admin', enforced_by: 'database'})
    expect(await run(world(login), ['can', 'tenant.delete', '-q'])).toMatchObject({exitCode: 0})
    const audit = await run(world(login), ['audit', 'list', '-o', 'json', '--fields', 'by,role'])
    expect(JSON.parse(audit.stdout)).toEqual([{by: owner, role: 'owner'}])
  }

  it('is enrolled by a superuser', async () => {
    const platform = await newPlatform('postgres')
    await expectBootstrapped(platform, 'postgres')
    await platform.drop()
  })

  it('is enrolled by an owner who is no superuser', async () => {
    const owner = await makeRole('login createrole')
    // What PostgreSQL gives to whoever makes a role; on this server another database's owner has made them.
    await ask(sql.raw(`grant pm_guard, pm_operator to ${owner} with admin true, inherit false, set false`))
    const platform = await newPlatform(owner)
    await expectBootstrapped(platform, owner)
    await platform.drop()
  })
})
