import {afterAll, beforeAll, expect, test} from 'vitest'
import {read} from '../../../src/db/transaction.ts'
import {getTenant} from '../../../src/queries/tenant/find.ts'
import {tenantUsage} from '../../../src/queries/tenant/usage.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {openSessionAs} from '../../support/session.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

async function usageOf(tenant: string, login: string) {
  const session = openSessionAs(database, login)
  try {
    return await read(session, 'tenant.read', async (db, operator) =>
      tenantUsage(db, operator, (await getTenant(db, tenant)).id),
    )
  } finally {
    await session.close()
  }
}

test('counts what each limit of a plan limits', async () => {
  await ask(
    database,
    `update campaigns set created = date_trunc('month', now(), 'UTC')
       - case when name = 'Winter Sale' then interval '0' else interval '1 second' end
     where tenant_id = (select id from tenants where name = 'Acme')`,
  )
  await ask(
    database,
    `update domain_ip_assignments set warmup_state = 'warming' where domain_id in
       (select id from domains where domain in ('acme.example', 'acme-mail.example'))`,
  )
  expect(await usageOf('acme', 'op_support')).toEqual({
    // Three who are there, and one who left.
    max_users: 3,
    max_domains: 5,
    max_email_accounts: 6,
    // The others began a second before the month did.
    max_campaigns_per_month: 1,
    max_contacts: 60,
    // One of the two has an expired assignment, too.
    max_warmups: 2,
  })
})

test('what the operator may not see is unknown, and not none', async () => {
  expect(await usageOf('acme', 'op_billing')).toMatchObject({max_domains: 5, max_contacts: null})
})

test('a tenant that has nothing yet uses nothing', async () => {
  expect(await usageOf('newleaf gardens', 'op_admin')).toEqual({
    max_users: 1,
    max_domains: 1,
    max_email_accounts: 0,
    max_campaigns_per_month: 0,
    max_contacts: 0,
    max_warmups: 0,
  })
})
