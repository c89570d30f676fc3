import {describe, expect, it} from 'vitest'
import {setCompanyStatus} from '../../../src/changes/company/set-status.ts'
import {sandboxId} from '../../../src/db/sandbox/sandbox-id.ts'
import {freshDatabase} from '../../support/database.ts'
import {applyLate, as} from '../../support/ip-write.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'
import {holdsAsWrite} from '../../support/write-contract.ts'

const setStatus = (...argv: string[]) => ['company', 'set-status', ...argv]

describe('pm company set-status', () => {
  holdsAsWrite('of two companies, by workspace and by name', {
    argv: setStatus('acme-retail', 'café crème', 'suspended'),
    consent: ['--yes'],
    refusedAs: 'op_operations',
    permission: 'company.write',
    rows: `select name, status from companies where name like 'Acme%' or name = 'Café Crème' order by 1`,
    after: [
      {name: 'Acme Outlet', status: 'inactive'},
      {name: 'Acme Retail', status: 'suspended'},
      {name: 'Acme Wholesale', status: 'active'},
      {name: 'Café Crème', status: 'suspended'},
    ],
    targets: [
      `company:${sandboxId('company:acme-retail')}`,
      `company:${sandboxId('company:cafe-creme')}`,
      'tenant:Acme',
      'tenant:Café Crème',
    ],
    images: ['update companies 2'],
  })

  it('says which campaigns go on sending, and leaves alone what is so already', async () => {
    const database = await freshDatabase()
    const argv = setStatus('acme-retail', 'daily-deal', 'suspended', '--dry-run')
    const {stderr} = await run(as(database, 'op_support'), argv)
    expect(stderr).toContain('Make Acme Retail of Acme suspended.')
    expect(stderr).toContain('! Left alone, suspended already: Daily Deal Blast.')
    expect(stderr).toContain('! Sending now, and not paused by this: Winter Sale. To pause them: pm campaign pause')
    await database.drop()
  })

  it('takes a workspace for the company that has it, and not for one of that name', async () => {
    const database = await freshDatabase()
    await ask(database, `update companies set name = 'acme-retail' where workspace_name = 'acme-outlet'`)
    const {exitCode} = await run(as(database, 'op_support'), setStatus('acme-retail', 'inactive', '--yes'))
    expect(exitCode).toBe(0)
    expect(await changesOf(database)).toMatchObject([
      {targets: [`company:${sandboxId('company:acme-retail')}`, 'tenant:Acme']},
    ])
    await database.drop()
  })

  it('changes nothing when a company was changed between plan and commit', async () => {
    const {error, changes} = await applyLate(
      setCompanyStatus,
      {companies: ['acme-retail'], status: 'inactive'},
      `update companies set status = 'suspended' where workspace_name = 'acme-retail'`,
      'op_support',
    )
    expect(error).toMatchObject({reason: 'conflict', details: {changed: ['company Acme Retail of Acme']}})
    expect(changes).toBe(0)
  })

  it.each([
    [['acme-retail', 'closed'], 2, '“closed” is no status of a company.'],
    [['acme-retail'], 2, '“acme-retail” is no status of a company.'],
    [['active'], 2, 'Which company?'],
    [[], 2, 'Which status?'],
    [['nobody', 'acme-retail', 'active'], 3, 'No company nobody.'],
  ])('%j ends with %i and changes nothing', async (argv, exitCode, message) => {
    const database = await freshDatabase()
    const ran = await run(as(database, 'op_support'), setStatus(...argv, '--yes'))
    expect({exitCode: ran.exitCode, stdout: ran.stdout, changes: await changesOf(database)}).toEqual({
      exitCode,
      stdout: '',
      changes: [],
    })
    expect(ran.stderr).toContain(message)
    await database.drop()
  })

  it('of a name that several companies have asks for the id', async () => {
    const database = await freshDatabase()
    await ask(database, `update companies set name = 'Acme Retail' where workspace_name = 'acme-outlet'`)
    const {exitCode, stderr} = await run(as(database, 'op_support'), setStatus('acme retail', 'inactive', '--yes'))
    expect({exitCode, stderr}).toMatchObject({exitCode: 6})
    expect(stderr).toContain('Several companies fit acme retail.')
    await database.drop()
  })
})
