import {describe, expect, it} from 'vitest'
import {addDomains} from '../../../src/changes/domain/add.ts'
import {setPrimary} from '../../../src/changes/domain/primary.ts'
import {removeDomain} from '../../../src/changes/domain/remove.ts'
import {freshDatabase} from '../../support/database.ts'
import {applyLate, as} from '../../support/ip-write.ts'
import {ask, changesOf, wrongCounts} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const shared = {refusedAs: 'op_support', permission: 'domain.write'}
const primaries = `select d.domain, d.is_primary as primary from domains d join tenants t on t.id = d.tenant_id
  where t.name = 'Acme' and (d.is_primary or d.domain in ('new.acme.example', 'news.acme.example')) order by 1`

describe('pm domain add', () => {
  holdsAsWrite('of two domains', {
    ...shared,
    argv: ['domain', 'add', 'Neu.Acme.example.', 'bücher.example', '--tenant', 'acme', '--company', 'Acme Retail'],
    consent: [],
    rows: `select d.domain, t.name as tenant, c.name as company, verification_status as status, is_primary as primary
      from domains d join tenants t on t.id = d.tenant_id join companies c on c.id = d.company_id
      where domain in ('neu.acme.example', 'xn--bcher-kva.example') order by 1`,
    after: ['neu.acme.example', 'xn--bcher-kva.example'].map((domain) => ({
      domain,
      tenant: 'Acme',
      company: 'Acme Retail',
      status: 'pending',
      primary: false,
    })),
    targets: ['domain:neu.acme.example', 'domain:xn--bcher-kva.example', 'tenant:Acme'],
    images: ['insert domains 2'],
  })

  holdsAsWrite('of the primary domain', {
    ...shared,
    argv: ['domain', 'add', 'new.acme.example', '--tenant', 'acme', '--primary'],
    consent: [],
    rows: primaries,
    after: [
      {domain: 'new.acme.example', primary: true},
      {domain: 'news.acme.example', primary: false},
    ],
    targets: ['domain:new.acme.example', 'tenant:Acme'],
    images: ['insert domains 1', 'update domains 1'],
  })

  it('takes a list as a job, and says which were there already', async () => {
    const database = await freshDatabase()
    const world = as(database, 'op_operations', {stdin: 'one.example\nacme.example\n'})
    const ran = await run(world, ['domain', 'add', '-', '--tenant', 'acme', '--yes', '-o', 'json'])
    expect(JSON.parse(ran.stdout)).toMatchObject({job: {changed: 1}})
    expect(await ask(database, `select domain from domains where domain = 'one.example'`)).toHaveLength(1)
    await database.drop()
  })

  it.each([
    [['one.example', 'two.example', 'three.example'], ['! Acme has 4 of the 5 domains of its plan.']],
    [['one.example'], []],
  ])('counts what a list adds together where the plan has a limit: %j', async (list, warned) => {
    const database = await freshDatabase()
    await ask(
      database,
      `update plans set max_domains = 1 + (select count(*) from domains d join tenants t on t.id = d.tenant_id where t.name = 'Acme')`,
    )
    const world = as(database, 'op_operations', {stdin: list.join('\n')})
    const {stderr} = await run(world, ['domain', 'add', '-', '--tenant', 'acme', '--dry-run'])
    const warnings = stderr.split('\n').filter((line) => line.includes('of its plan'))
    expect(warnings.map((line) => line.replace(/\d+ of the \d+/, '4 of the 5'))).toEqual(warned)
    await database.drop()
  })

  it('does nothing when the name was taken between plan and commit', async () => {
    const {error, changes} = await applyLate(
      addDomains,
      {domains: ['new.example'], tenant: 'acme', company: undefined, primary: false, adding: new Set<string>()},
      `insert into domains (tenant_id, domain) select id, 'NEW.example' from tenants where name = 'Northline Recruiting'`,
    )
    expect(error).toMatchObject({reason: 'conflict', message: expect.stringContaining('new.example')})
    expect(changes).toBe(0)
  })

  it.each([
    [['acme.example', '--tenant', 'acme'], 6, 'There already: acme.example (Acme).'],
    [['new.example', '--tenant', 'nobody'], 3, 'No tenant nobody.'],
    [['new.example', '--tenant', 'acme', '--company', 'Northline Europe'], 6, 'is of Northline Recruiting'],
    [['localhost', '--tenant', 'acme'], 2, '“localhost” cannot be a sending domain.'],
    [['192.0.2.1', '--tenant', 'acme'], 2, 'cannot be a sending domain'],
    [['a_b.example', '--tenant', 'acme'], 2, 'cannot be a sending domain'],
    [['a\u001b[2J.example', '--tenant', 'acme'], 2, '\\u{1b}'],
    [['--tenant', 'acme'], 2, 'Which domain?'],
  ])('%j ends with %i and changes nothing', refused('add'))
})

describe('pm domain set-primary', () => {
  holdsAsWrite('of another domain', {
    ...shared,
    argv: ['domain', 'set-primary', 'news.acme.example'],
    consent: ['--yes'],
    rows: primaries,
    after: [{domain: 'news.acme.example', primary: true}],
    targets: ['domain:news.acme.example', 'tenant:Acme'],
    images: ['update domains 2'],
  })

  holdsAsWrite('where there were two', {
    ...shared,
    arrange: `update domains set is_primary = true where domain = 'news.acme.example'`,
    argv: ['domain', 'set-primary', 'acme.example'],
    consent: ['--yes'],
    rows: `select domain, is_primary as primary from domains where domain in ('acme.example', 'news.acme.example') order by 1`,
    after: [
      {domain: 'acme.example', primary: true},
      {domain: 'news.acme.example', primary: false},
    ],
    targets: ['domain:acme.example', 'tenant:Acme'],
    images: ['update domains 1'],
    // Two primary domains would come back by it.
    undoable: false,
  })

  it('has nothing to do where it is so', async () => {
    const database = await freshDatabase()
    const ran = await run(as(database, 'op_operations'), ['domain', 'set-primary', 'acme.example', '--yes'])
    expect(ran).toMatchObject({exitCode: 0, stdout: ''})
    expect(ran.stderr).toContain('Nothing to do.')
    await database.drop()
  })

  it('does nothing when between plan and commit a third became primary', async () => {
    const {error, changes} = await applyLate(
      setPrimary,
      {domain: 'news.acme.example'},
      `update domains set is_primary = true where domain = 'acme-mail.example'`,
    )
    expect(error).toMatchObject({
      reason: 'conflict',
      message: expect.stringContaining('Several domains would be primary'),
    })
    expect(changes).toBe(0)
  })
})

describe('pm domain remove', () => {
  const gone = (domain: string) => `select
    (select count(*)::int from domains where domain = '${domain}') as domains,
    (select count(*)::int from email_accounts where email like '%@${domain}') as accounts,
    (select count(*)::int from domain_ip_assignments a join domains d on d.id = a.domain_id where d.domain = '${domain}') as assignments`
  const nothing = [{domains: 0, accounts: 0, assignments: 0}]

  holdsAsWrite('of a domain that carries nothing', {
    ...shared,
    argv: ['domain', 'remove', 'newleaf.example'],
    consent: ['--confirm', 'newleaf.example'],
    rows: gone('newleaf.example'),
    after: nothing,
    targets: ['domain:newleaf.example', 'tenant:Newleaf Gardens'],
    images: ['delete domains 1'],
  })

  holdsAsWrite('with its assignments', {
    ...shared,
    arrange: `delete from email_accounts where email in ('hello@acme.example', 'sales@acme.example')`,
    argv: ['domain', 'remove', 'acme.example', '--unassign'],
    consent: ['--confirm', 'acme.example'],
    rows: gone('acme.example'),
    after: nothing,
    targets: ['domain:acme.example', 'tenant:Acme', 'ip:203.0.113.24'],
    images: ['delete domain_ip_assignments 2', 'delete domains 1', 'update smtp_ip_addresses 1'],
  })

  holdsAsWrite('with its accounts', {
    ...shared,
    argv: ['domain', 'remove', 'acme.example', '--unassign', '--with-accounts'],
    consent: ['--confirm', 'acme.example'],
    rows: gone('acme.example'),
    after: nothing,
    targets: [
      'domain:acme.example',
      'tenant:Acme',
      'account:hello@acme.example',
      'account:sales@acme.example',
      'ip:203.0.113.24',
    ],
    images: [
      'delete domain_ip_assignments 2',
      'delete domains 1',
      'delete email_accounts 2',
      'update smtp_ip_addresses 1',
    ],
    undoable: false,
  })

  it('keeps secrets out of what it says and what it records, and counts truly', async () => {
    const database = await freshDatabase()
    await ask(
      database,
      `update email_accounts set vault_key_path = 'vault://the-secret' where email = 'hello@acme.example'`,
    )
    const argv = ['domain', 'remove', 'acme.example', '--unassign', '--with-accounts', '--confirm', 'acme.example']
    const {stdout, stderr, exitCode} = await run(as(database, 'op_operations'), [...argv, '-o', 'json'])
    expect({exitCode, stderr}).toMatchObject({exitCode: 0})
    expect(stderr).toContain('It touched a secret and cannot be undone.')
    const images = await ask<{all: string}>(database, `select json_agg(i)::text as all from pm.row_images i`)
    expect(stdout + stderr + images[0]?.all).not.toContain('the-secret')
    expect(await wrongCounts(database)).toEqual([])
    await database.drop()
  })

  it.each([
    [['acme.example', '--with-accounts', '--confirm', 'acme.example'], 6, 'acme.example still sends by 203.0.113.24.'],
    [['acme.example', '--unassign', '--confirm', 'acme.example'], 6, 'acme.example still has 2 e-mail accounts.'],
    [['newleaf.example', '--yes'], 7, '--confirm newleaf.example'],
    [['nobody.example', '--confirm', 'nobody.example'], 3, 'No domain nobody.example.'],
    [
      ['news.acme.example', '--unassign', '--with-accounts', '--confirm', 'news.acme.example'],
      6,
      'Campaigns have steps that send by its accounts',
    ],
  ])('%j ends with %i and changes nothing', refused('remove'))

  it('does nothing when an account came to it between plan and commit', async () => {
    const {error, changes} = await applyLate(
      removeDomain,
      {domain: 'newleaf.example', unassign: false, withAccounts: false},
      `insert into email_accounts (tenant_id, domain_id, email) select tenant_id, id, 'late@newleaf.example' from domains where domain = 'newleaf.example'`,
    )
    expect(error).toMatchObject({reason: 'conflict', message: expect.stringContaining('1 more row would go')})
    expect(changes).toBe(0)
  })
})

describe('pm domain deployed', () => {
  const waiting = `select d.domain, r ->> 'selector' as selector, (r ->> 'needs_deployment')::boolean as waits
    from domains d, jsonb_array_elements(d.dns_records -> 'records') r
    where domain in ('acme-mail.example', 'northline-eu.example') and r ->> 'record_type' = 'DKIM' order by 1, 2`

  holdsAsWrite('of two domains', {
    ...shared,
    argv: ['domain', 'deployed', 'acme-mail.example', 'northline-eu.example'],
    consent: ['--yes'],
    rows: waiting,
    after: [
      {domain: 'acme-mail.example', selector: 'pm1', waits: false},
      {domain: 'acme-mail.example', selector: 'pm2', waits: false},
      {domain: 'northline-eu.example', selector: 'pm1', waits: false},
    ],
    targets: ['domain:acme-mail.example', 'domain:northline-eu.example', 'tenant:Acme', 'tenant:Northline Recruiting'],
    images: ['update domains 2'],
  })

  it('takes what the list of deployments prints, and leaves other selectors alone', async () => {
    const database = await freshDatabase()
    const {stdout: list} = await run(as(database, 'op_viewer'), ['domain', 'deployments', '-o', 'name'])
    const world = as(database, 'op_operations', {stdin: list})
    const ran = await run(world, ['domain', 'deployed', '-', '--selector', 'pm2', '--yes', '-o', 'json'])
    expect(JSON.parse(ran.stdout)).toMatchObject({job: {items: 2, changed: 2, already: 3}})
    const {stdout: rest} = await run(as(database, 'op_viewer'), ['domain', 'deployments', '-o', 'name'])
    expect(rest).toBe('lumen-research.example\nnorthline-eu.example\nredwood-agents.example\n')
    await database.drop()
  })

  it('says which keys there are where a selector is none of them', async () => {
    const database = await freshDatabase()
    const world = as(database, 'op_operations')
    const {stderr} = await run(world, ['domain', 'deployed', 'acme-mail.example', '--selector', 'nope', '--yes'])
    expect(stderr).toContain('acme-mail.example has no DKIM key nope: it has pm1, pm2.')
    await database.drop()
  })
})

function refused(verb: string) {
  return async (words: readonly string[], exitCode: number, message: string) => {
    const database = await freshDatabase()
    const ran = await run(as(database, 'op_operations'), ['domain', verb, ...words])
    expect({...ran, stderr: '', changes: await changesOf(database)}).toEqual({
      exitCode,
      stdout: '',
      stderr: '',
      changes: [],
    })
    expect(ran.stderr).toContain(message)
    await database.drop()
  }
}
