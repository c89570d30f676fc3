import {describe, expect, it} from 'vitest'
import {deleteTenant} from '../../../src/changes/tenant/deletion.ts'
import {sandboxId} from '../../../src/db/sandbox/sandbox-id.ts'
import {freshDatabase} from '../../support/database.ts'
import {applyLate, as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const isDeleted = (key: string) =>
  `select name, deleted is not null as deleted from tenants where id = '${sandboxId(`tenant:${key}`)}'`
const shared = {refusedAs: 'op_operations', permission: 'tenant.delete', images: ['update tenants 1']}

describe('pm tenant delete', () => {
  holdsAsWrite('of a tenant', {
    ...shared,
    argv: ['tenant', 'delete', 'ACME'],
    consent: ['--confirm', 'Acme'],
    rows: isDeleted('acme'),
    after: [{name: 'Acme', deleted: true}],
    targets: ['tenant:Acme'],
  })

  it('shows all that stops, and that Stripe goes on charging', async () => {
    const {exitCode, stdout} = await attempt(['tenant', 'delete', 'acme', '--dry-run', '-o', 'json'])
    expect(exitCode).toBe(9)
    expect(JSON.parse(stdout)).toMatchObject({
      headline: 'Delete the tenant Acme, and stop all of this.',
      effects: [
        {what: 'users', count: 3, names: ['alice@acme.example', 'ben@acme.example', 'chloe@acme.example']},
        {what: 'companies', count: 3, names: ['Acme Outlet', 'Acme Retail', 'Acme Wholesale']},
        {
          what: 'domains',
          count: 5,
          names: [
            'acme-events.example',
            'acme-mail.example',
            'acme-offers.example',
            'acme.example',
            'news.acme.example',
          ],
        },
        {what: 'IPs it sends by', count: 2, names: ['203.0.113.21', '203.0.113.24']},
        {
          what: 'e-mail accounts',
          count: 6,
          names: [
            'hello@acme-events.example',
            'hello@acme-mail.example',
            'hello@acme-offers.example',
            'hello@acme.example',
            'newsletter@news.acme.example',
            'sales@acme.example',
          ],
        },
        {what: 'campaigns', count: 1, names: ['Winter Sale']},
      ],
      warnings: [
        expect.stringMatching(/^Stripe is not told: sub_\w+ \(growth\) is charged until it is canceled there\.$/),
      ],
    })
  })

  it('names the first ten of many, and counts all', async () => {
    const {stdout} = await attempt(
      ['tenant', 'delete', 'acme', '--dry-run', '-o', 'json'],
      `insert into companies (tenant_id, name) select id, 'Shop ' || n from tenants, generate_series(10, 99) n where name = 'Acme'`,
    )
    const {effects} = JSON.parse(stdout)
    expect(effects[1]).toMatchObject({what: 'companies', count: 93})
    expect(effects[1].names).toHaveLength(10)
  })

  it('says what there may be besides that the operator may not see', async () => {
    const {stderr, stdout} = await attempt(
      ['tenant', 'delete', 'acme', '--dry-run', '-o', 'json'],
      `delete from staff_role_permissions where permission_id in
        (select id from permissions where name in ('domain.read', 'campaign.read')) and role_id = 1`,
    )
    expect(stderr).toContain(
      '! There may be more, which you may not see: domains (domain.read), campaigns (campaign.read).',
    )
    const seen = JSON.parse(stdout).effects.map(({what}: {what: string}) => what)
    expect(seen).not.toContain('domains')
    expect(seen).toContain('users')
  })

  it('asks for the id of a tenant whose name nobody can type', async () => {
    const id = sandboxId('tenant:hello-ops')
    const {exitCode, stderr} = await attempt(['tenant', 'delete', 'hello-ops.example'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 7})
    expect(stderr).toContain(`--confirm ${id}`)
    expect(stderr).not.toContain('\u001b')
  })

  it('is not consented to by --yes', async () => {
    const {exitCode, changes} = await attempt(['tenant', 'delete', 'acme', '--yes'])
    expect({exitCode, changes}).toEqual({exitCode: 7, changes: 0})
  })

  it('changes nothing when somebody deleted or renamed it between plan and commit', async () => {
    for (const meanwhile of ['deleted = now()', "name = 'Acme & Sons'"]) {
      const {error, changes} = await applyLate(
        deleteTenant,
        {tenant: 'acme'},
        `update tenants set ${meanwhile} where name = 'Acme'`,
        'op_admin',
      )
      expect(error).toMatchObject({reason: 'conflict', details: {changed: ['tenant Acme']}})
      expect(changes).toBe(0)
    }
  })
})

describe('pm tenant restore', () => {
  holdsAsWrite('of a deleted tenant', {
    ...shared,
    argv: ['tenant', 'restore', 'oldmill.example'],
    consent: ['--confirm', 'Old Mill Bakery'],
    rows: isDeleted('oldmill'),
    after: [{name: 'Old Mill Bakery', deleted: false}],
    targets: ['tenant:Old Mill Bakery'],
  })

  it('means the deleted one of two tenants that share a name, and says that there are two', async () => {
    const {stdout} = await attempt(['tenant', 'restore', 'ghostlight media', '--dry-run', '-o', 'json'])
    const [old, current] = [sandboxId('tenant:ghostlight-old'), sandboxId('tenant:ghostlight')]
    expect(JSON.parse(stdout)).toMatchObject({
      headline: 'Restore the tenant Ghostlight Media.',
      rows: [{key: {id: old}, after: {deleted: null}}],
      warnings: [
        `Another tenant has this name: ${current}. This one is ${old}.`,
        'It has no live subscription: the platform restricts it until it subscribes again.',
      ],
    })
  })
})

it.each([
  [['delete', 'oldmill.example'], 6, 'Old Mill Bakery is deleted already.'],
  [['restore', 'acme'], 6, 'Acme is not deleted.'],
  [['delete', 'nobody'], 3, 'No tenant nobody.'],
  [['restore', '00000000-0000-0000-0000-000000000000'], 3, 'No tenant 00000000'],
  [['delete', 'acme', '--confirm', 'acme'], 2, 'does not name what would change'],
  [['delete'], 2, 'Which tenant?'],
])('pm tenant %j ends with %i and changes nothing', async (argv, exitCode, message) => {
  const {stderr, ...rest} = await attempt(['tenant', ...argv])
  expect(rest).toEqual({exitCode, stdout: '', changes: 0})
  expect(stderr).toContain(message)
})

async function attempt(argv: readonly string[], arrange = 'select 1') {
  const database = await freshDatabase()
  await ask(database, arrange)
  const ran = await run(as(database, 'op_admin'), argv)
  const changes = (await changesOf(database)).length
  await database.drop()
  return {...ran, changes}
}
