import {describe, expect, it} from 'vitest'
import {reading} from '../../support/reading.ts'

const {pm, seen, json} = reading({
  arrange: String.raw`update companies set industry = E'Re\x1b[31mtail\n', status = 'frozen' where workspace_name = 'hello-ops'`,
})

describe('pm company list', () => {
  it('draws a table on a terminal', async () => {
    expect((await seen('company', 'list', '--tenant', 'acme')).stdout).toMatchInlineSnapshot(`
      "COMPANY         TENANT  WORKSPACE       STATUS    CREATED
      Acme Outlet     Acme    acme-outlet     inactive  15mo ago
      Acme Retail     Acme    acme-retail     active    2y ago
      Acme Wholesale  Acme    acme-wholesale  active    15mo ago
      "
    `)
  })

  it('filters by state and by how the name begins', async () => {
    expect(await json('company', 'list', '--status', 'suspended,inactive', '--fields', 'company,status')).toEqual([
      {company: 'Acme Outlet', status: 'inactive'},
      {company: 'Daily Deal Blast', status: 'suspended'},
      {company: 'Meadow Pets', status: 'inactive'},
      {company: 'Old Mill Bakery', status: 'inactive'},
    ])
    expect(await json('company', 'list', '--search', 'northline E', '--fields', 'workspace')).toEqual([
      {workspace: 'northline-eu'},
    ])
  })

  it('is the same as pm tenant companies of one tenant', async () => {
    expect(await pm('tenant', 'companies', 'acme', '-o', 'csv')).toEqual(
      await pm('company', 'list', '--tenant', 'acme', '-o', 'csv'),
    )
  })

  it('says so where none is found', async () => {
    expect(await pm('company', 'list', '--search', 'zzz', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No companies found.\n',
    })
  })
})

describe('pm company show', () => {
  it('tells a person its domains and campaigns', async () => {
    expect((await seen('company', 'show', 'acme-retail')).stdout).toMatchInlineSnapshot(`
      "Company    Acme Retail
      Status     active
      Tenant     Acme
      Workspace  acme-retail
      Industry   Retail
      Size       Medium
      Logo       https://cdn.penguinmails.example/logos/acme-retail.png
      Created    2y ago
      Updated    6mo ago
      ID         f654a311-89de-8205-a2f0-2717b43074db

      Domains
        DOMAIN               STATUS    PRIMARY
        acme-events.example  pending   no
        acme-mail.example    verified  no
        acme-offers.example  failed    no
        acme.example         verified  yes
        news.acme.example    verified  no

      Campaigns
        CAMPAIGN            STATUS
        Spring Preview      draft
        Winter Sale         sending
        Wholesale Re-order  paused
        Loyalty Thank-you   completed

      Recent changes
        No changes.
      "
    `)
  })

  it('finds a company by name in any case, and shows what is hostile harmlessly', async () => {
    const {stdout} = await seen('company', 'show', 'HELLO OPS')
    expect(stdout).toContain('Re\\u{1b}[31mtail\\u{a}')
    expect(stdout).toMatch(/\nStatus +frozen\n/)
    expect(stdout).not.toContain('\u001b')
  })

  it('tells programs the same', async () => {
    expect(
      await json('company', 'show', 'acme-outlet', '--fields', 'company,status,domains,campaigns,changes'),
    ).toEqual({
      company: 'Acme Outlet',
      status: 'inactive',
      domains: [],
      campaigns: [],
      changes: [],
    })
  })

  it('of a company that is not there ends with 3', async () => {
    const ran = await pm('company', 'show', 'nobody')
    expect(ran).toMatchObject({exitCode: 3, stdout: ''})
    expect(ran.stderr).toContain('No company nobody.')
  })
})
