import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {run} from '../support/run.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

function can(login: string, ...argv: string[]) {
  return run({env: {DATABASE_URL: database.url(login)}}, ['can', ...argv])
}

const answer = {
  permission: 'ip.write',
  description: 'Quarantine, release, assign, rate, add and retire sending IPs.',
  roles: ['admin', 'operations'],
}
const about = `
Allows to      ${answer.description}
Roles with it  admin, operations
`

describe('pm can', () => {
  it('says yes and exits 0 for a permission the role has', async () => {
    expect(await can('op_operations', 'ip.write', '-o', 'table')).toEqual({
      stdout: `Yes: Olga Operations (operations) has ip.write.\n${about}`,
      stderr: '',
      exitCode: 0,
    })
  })

  it('says no and exits 5 for one it lacks', async () => {
    expect(await can('op_support', 'ip.write', '-o', 'table')).toEqual({
      stdout: `No: Sue Support (support) lacks ip.write.\n${about}`,
      stderr: '',
      exitCode: 5,
    })
  })

  it('answers programs with data', async () => {
    const yes = await can('op_operations', 'ip.write', '-o', 'json')
    expect({...yes, stdout: JSON.parse(yes.stdout)}).toEqual({
      stdout: {...answer, allowed: true},
      stderr: '',
      exitCode: 0,
    })
    const no = await can('op_support', 'ip.write', '-o', 'json')
    expect({...no, stdout: JSON.parse(no.stdout)}).toEqual({
      stdout: {...answer, allowed: false},
      stderr: '',
      exitCode: 5,
    })
    expect((await can('op_support', 'ip.write')).stdout).toBe(
      `permission\tip.write\nallowed\tfalse\ndescription\t${answer.description}\nroles\tadmin,operations\n`,
    )
  })

  it.each([
    ['op_operations', 0],
    ['op_support', 5],
  ])('says nothing to %s with --quiet and exits %i', async (login, exitCode) => {
    expect(await can(login, 'ip.write', '--quiet')).toEqual({stdout: '', stderr: '', exitCode})
    expect(await can(login, 'ip.write', '-q', '-o', 'json')).toEqual({stdout: '', stderr: '', exitCode})
  })

  it('says nothing in the sandbox either with --quiet, where a read says where it is', async () => {
    const world = {connection: await sandboxAs('op_admin')}
    expect(await run(world, ['can', 'ip.write', '-q', '-c', 'sandbox'])).toEqual({stdout: '', stderr: '', exitCode: 0})
    expect((await run(world, ['can', 'ip.write', '-c', 'sandbox'])).stderr).toBe(
      '▸ sandbox: an embedded database with example data\n',
    )
    await world.connection.close()
  })

  it('does not know a mistyped permission, and says which one was meant', async () => {
    expect(await can('op_admin', 'ip.wirte')).toEqual({
      stdout: '',
      stderr:
        'Error: There is no permission “ip.wirte”.\nDid you mean ip.write? See which there are: pm staff permission list (usage, exit 2)\n',
      exitCode: 2,
    })
  })

  it('records no refusal: a question is no attempt', async () => {
    await can('op_viewer', 'tenant.delete')
    expect(await database.owner.db.selectFrom('pm.refusals').selectAll().execute()).toEqual([])
  })

  async function sandboxAs(login: string) {
    const {openServer} = await import('../../src/db/server.ts')
    return openServer(database.server(login), 'pm test')
  }
})
