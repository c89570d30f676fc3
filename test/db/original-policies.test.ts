import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {openServer} from '../../src/db/server.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {restoreOriginalPolicies} from '../support/platform.ts'
import {run} from '../support/run.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
  await restoreOriginalPolicies(database.owner.db)
})

afterAll(() => database.drop())

describe("the guide's own policies, which raise where no tenant is set", () => {
  test('raise for an operator in psql', async () => {
    const operator = openServer(database.server('op_operations'), 'psql')

    await expect(sql`select count(*) from campaigns`.execute(operator.db)).rejects.toMatchObject({
      code: '42704',
      message: 'unrecognized configuration parameter "app.current_tenant_id"',
    })
    await operator.close()
  })

  test('do not raise for an operator in pm, who sees every tenant’s rows and changes them', async () => {
    const connection = openServer(database.server('op_operations'), 'pm test')
    const {ip, domains, tenant} = await busiestIp()
    const world = {connection}

    const listed = await run(world, ['ip', 'list', '-o', 'ndjson', '--tenant', tenant])
    const shown = await run(world, ['ip', 'show', ip, '--json'])
    const quarantined = await run(world, ['ip', 'quarantine', ip, '--reason', 'a test', '--confirm', ip, '--yes'])

    expect(listed.stdout).toContain(`"ip":"${ip}"`)
    expect(JSON.parse(shown.stdout).assignments).toHaveLength(domains)
    expect([listed.exitCode, shown.exitCode, quarantined.exitCode]).toEqual([0, 0, 0])
    const {rows} = await sql`select status from smtp_ip_addresses where ip_address = ${ip}`.execute(database.owner.db)
    expect(rows).toEqual([{status: 'quarantined'}])
    await connection.close()
  })
})

/** The IP that most domains send by, and one of their tenants. */
async function busiestIp(): Promise<{ip: string; domains: number; tenant: string}> {
  const {rows} = await sql<{ip: string; domains: number; tenant: string}>`
    select i.ip_address as ip, count(*)::integer as domains, min(t.name) as tenant
    from domain_ip_assignments a
    join smtp_ip_addresses i on i.id = a.smtp_ip_address_id
    join domains d on d.id = a.domain_id
    join tenants t on t.id = d.tenant_id
    where a.status in ('active', 'warming')
    group by 1 order by 2 desc, 1 limit 1`.execute(database.owner.db)
  const [busiest] = rows
  if (!busiest) throw new Error('No IP carries domains.')
  return busiest
}
