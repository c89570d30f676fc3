import {describe, expect, it} from 'vitest'
import {reading} from '../../support/reading.ts'

const {pm, seen, json} = reading({
  arrange: String.raw`
    update email_templates set body = E'<% evil() %>\x1b[2J\n<b>\u202e</b>' where name = 'welcome'
      and tenant_id = (select id from tenants where name = 'Acme')`,
})

describe('pm template list', () => {
  it('draws templates of both tables in one', async () => {
    expect((await seen('template', 'list', '--tenant', 'acme')).stdout).toMatchInlineSnapshot(`
      "TEMPLATE      KIND      TENANT  SUBJECT                                   FOLDERS     TAGS
      Follow-up     campaign  Acme    Did you have a moment to look?            Outreach    cold
      Newsletter    campaign  Acme    News of the month                         -           newsletter
      Offer         campaign  Acme    {{percent}} % off until Sunday            Promotions  vip
      Welcome       campaign  Acme    Good to have you with us, {{first_name}}  Onboarding  onboarding
      invoice       eta       Acme    Invoice <%= it.invoice.number %>          -           -
      layouts/base  eta       Acme    (layout)                                  -           -
      welcome       eta       Acme    Welcome, <%= it.lead.name %>              -           -
      "
    `)
  })

  it('tells programs kinds, folders and tags', async () => {
    const argv = ['template', 'list', '--tenant', 'acme', '--fields', 'template,kind,folders,tags']
    expect(await json(...argv, '--kind', 'eta')).toEqual([
      {template: 'invoice', kind: 'eta', folders: [], tags: []},
      {template: 'layouts/base', kind: 'eta', folders: [], tags: []},
      {template: 'welcome', kind: 'eta', folders: [], tags: []},
    ])
    expect(await json(...argv, '--tag', 'VIP')).toEqual([
      {template: 'Offer', kind: 'campaign', folders: ['Promotions'], tags: ['vip']},
    ])
    expect(await json(...argv, '--folder', 'onboarding')).toEqual([
      {template: 'Welcome', kind: 'campaign', folders: ['Onboarding'], tags: ['onboarding']},
    ])
  })

  it('finds a tag by its name as well as by its value', async () => {
    const byName = await json('template', 'list', '--tag', 'patient data', '--fields', 'template,tenant')
    expect(byName).toEqual([{template: 'Appointment reminder', tenant: 'Lumen Health'}])
    expect(await json('template', 'list', '--tag', 'hipaa', '--fields', 'template,tenant')).toEqual(byName)
  })

  it('says so where none is found', async () => {
    expect(await pm('template', 'list', '--folder', 'Archive', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No templates found.\n',
    })
  })
})

describe('pm template show', () => {
  it('tells a person about a template of campaigns, and not its text', async () => {
    expect((await seen('template', 'show', 'offer', '--tenant', 'acme')).stdout).toMatchInlineSnapshot(`
      "Template  Offer
      Kind      campaign
      Tenant    Acme
      Subject   {{percent}} % off until Sunday
      Folders   Promotions
      Tags      vip
      Size      43 characters
      Created   21mo ago
      Updated   7mo ago
      ID        2e7a155a-6df1-8cf6-bb22-0a34331230e4

      The tenant's dictionary
        KEY        VALUE
        signature  "The Acme team"
        words      {"bye":"Best wishes","hello":"Hello"}

      Campaigns that send it
        CAMPAIGN     STATUS
        Winter Sale  sending
      "
    `)
  })

  it('tells the source of an Eta template on request', async () => {
    expect(
      await json('template', 'show', 'invoice', '--tenant', 'acme', '--source', '--fields', 'kind,async,source'),
    ).toEqual({
      kind: 'eta',
      async: true,
      source: "<% layout('layouts/base') %>\n<%~ await includeAsync('partials/lines', it) %>\n",
    })
    expect(await json('template', 'show', 'invoice', '--tenant', 'acme', '--fields', 'size,source')).toEqual({
      size: 77,
      source: null,
    })
  })

  it('shows a hostile source harmlessly', async () => {
    const {stdout} = await seen('template', 'show', 'welcome', '--tenant', 'acme', '--kind', 'eta', '--source')
    expect(stdout).toContain('  <% evil() %>\\u{1b}[2J\n  <b>\\u{202e}</b>\n')
    expect(stdout).not.toMatch(/[\u001b\u202e]/)
  })

  it.each([
    [['Welcome', '--tenant', 'acme'], 6, 'Several templates fit Welcome.'],
    [['Welcome'], 6, 'Several templates fit Welcome.'],
    [['nothing', '--tenant', 'acme'], 3, 'No template nothing.'],
    [['Welcome', '--tenant', 'nobody'], 3, 'No tenant nobody.'],
  ])('%j ends with %i', async (argv, exitCode, message) => {
    const ran = await pm('template', 'show', ...argv)
    expect(ran).toMatchObject({exitCode, stdout: ''})
    expect(ran.stderr).toContain(message)
  })
})
