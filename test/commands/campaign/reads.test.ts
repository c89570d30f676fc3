import {describe, expect, it} from 'vitest'
import {reading} from '../../support/reading.ts'

const {pm, seen, json} = reading({
  arrange: String.raw`
    update campaigns set description = E'Buy\x1b]8;;http://evil\x07now' where name = 'MEGA DEALS!!!';
    update campaigns set name = 'winter sale' where name = 'Rate Card'`,
})

describe('pm campaign list', () => {
  it('draws a table on a terminal, newest first', async () => {
    expect((await seen('campaign', 'list', '--tenant', 'acme')).stdout).toMatchInlineSnapshot(`
      "CAMPAIGN            TENANT  STATUS     STEPS  SCHEDULED  CREATED
      Spring Preview      Acme    draft          0  -          21h ago
      Winter Sale         Acme    sending        6  3d ago     3w ago
      Wholesale Re-order  Acme    paused         4  5w ago     6w ago
      Loyalty Thank-you   Acme    completed      4  2mo ago    3mo ago
      "
    `)
  })

  it('filters by state and by how the name begins', async () => {
    expect(
      await json('campaign', 'list', '--status', 'scheduled', '--sort', 'campaign', '--fields', 'campaign,steps'),
    ).toEqual([
      {campaign: 'Catalogue Mailing', steps: 2},
      {campaign: 'Clinic Survey', steps: 4},
      {campaign: 'Julekalender', steps: 2},
      {campaign: 'Product Update', steps: 1},
    ])
    expect(await json('campaign', 'list', '--search', 'MEGA', '--fields', 'campaign,tenant,status')).toEqual([
      {campaign: 'MEGA DEALS!!!', tenant: 'Daily Deal Blast', status: 'paused'},
    ])
  })

  it('says so where none is found', async () => {
    expect(await pm('campaign', 'list', '--tenant', 'newleaf.example', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No campaigns found.\n',
    })
  })

  it('knows no other states', async () => {
    expect(await pm('campaign', 'list', '--status', 'stopped')).toMatchObject({exitCode: 2, stdout: ''})
  })
})

describe('pm campaign show', () => {
  it('tells a person its steps in order and in words', async () => {
    expect((await seen('campaign', 'show', 'Wholesale Re-order')).stdout).toMatchInlineSnapshot(`
      "Campaign     Wholesale Re-order
      Status       paused
      Tenant       Acme
      Company      Acme Retail
      Description  Wholesale Re-order, planned with the account team
      Scheduled    5w ago
      Completed    -
      Created      6w ago
      Updated      2w ago
      ID           924fa314-4004-8151-a501-967cb4d48a6b

      Steps
        #  STEP                                                FROM                          DONE  LAST
        1  send Follow-up “Did you have a moment to look?”     newsletter@news.acme.example  1538  43m ago
        2  wait 72 hours                                       -                             1077  5h ago
        3  go on if replied is no                              -                              754  10h ago
        4  send Follow-up “One more thing”, if not replied (…  newsletter@news.acme.example   528  15h ago

      Recent changes
        No changes.
      "
    `)
  })

  it('tells when a step that waits for a date goes on', async () => {
    expect((await seen('campaign', 'show', 'Julekalender')).stdout).toContain('1  wait for its date, in 5d')
    const inIso = await seen('campaign', 'show', 'Julekalender', '--time', 'iso')
    expect(inIso.stdout).toMatch(/1 {2}wait for its date, \d{4}-\d\d-\d\dT/)
  })

  it('tells programs the columns of each step', async () => {
    expect(await json('campaign', 'show', 'Julekalender', '--fields', 'sequence')).toMatchObject({
      sequence: [
        {order: 1, type: 'wait', account: null, template: null, active: true, executed: 0},
        {
          order: 2,
          type: 'email',
          account: 'hello@nyhedsbrev.soester.example',
          account_status: 'active',
          template: 'Newsletter',
          subject: 'News of the month',
        },
      ],
    })
  })

  it('names an account that cannot send, and shows what is hostile harmlessly', async () => {
    const {stdout} = await seen('campaign', 'show', 'mega deals!!!')
    expect(stdout).toContain('\n! hello@daily-deal-blast.example is suspended: nothing is sent by it.\n')
    expect(stdout).toContain('Buy\\u{1b}]8;;http://evil\\u{7}now')
    expect(stdout).not.toContain('\u001b')
  })

  it.each([
    ['Winter Sale', 6, 'Several campaigns fit Winter Sale.'],
    ['nothing', 3, 'No campaign nothing.'],
    ['00000000-0000-0000-0000-000000000000', 3, 'No campaign 00000000'],
  ])('%s ends with %i', async (named, exitCode, message) => {
    const ran = await pm('campaign', 'show', named)
    expect(ran).toMatchObject({exitCode, stdout: ''})
    expect(ran.stderr).toContain(message)
  })
})
