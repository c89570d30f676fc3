import {describe, expect, it} from 'vitest'
import {reading} from '../../support/reading.ts'

const {pm, seen, json} = reading({
  arrange: String.raw`
    update email_accounts set vault_key_path = 'vault://mail/SECRET', imap_settings = '{"password": "SECRET"}',
      smtp_settings = null where email = 'newsletter@news.acme.example';
    update email_accounts set provider = E'mail\x1b[2Ju', status = 'migrating' where email = 'hello@hello-ops.example'`,
})

describe('pm account list', () => {
  it('draws a table on a terminal', async () => {
    expect((await seen('account', 'list', '--tenant', 'acme')).stdout).toMatchInlineSnapshot(`
      "ACCOUNT                       TENANT  STATUS  SENT TODAY  LAST WARMED
      hello@acme-events.example     Acme    active          25  6h ago
      hello@acme-mail.example       Acme    active         168  5h ago
      hello@acme-offers.example     Acme    active         131  4h ago
      hello@acme.example            Acme    active          20  1h ago
      newsletter@news.acme.example  Acme    active          94  3h ago
      sales@acme.example            Acme    active          57  2h ago
      "
    `)
  })

  it('filters by domain, state and provider', async () => {
    const argv = ['account', 'list', '--fields', 'account,status']
    expect(await json(...argv, '--domain', 'ACME.example')).toEqual([
      {account: 'hello@acme.example', status: 'active'},
      {account: 'sales@acme.example', status: 'active'},
    ])
    expect(await json(...argv, '--status', 'error', '--tenant', 'northline.example')).toEqual([
      {account: 'sales@northline.example', status: 'error'},
    ])
    expect(await json(...argv, '--provider', 'gmail')).toEqual([])
  })

  it('says so where none is found', async () => {
    expect(await pm('account', 'list', '--provider', 'gmail', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No accounts found.\n',
    })
  })

  it.each([
    [['--domain', 'nowhere.example'], 3, 'nowhere.example'],
    [['--tenant', 'nobody'], 3, 'No tenant nobody.'],
    [['--status', 'broken'], 2, '; not “broken”.'],
  ])('%j ends with %i', async (argv, exitCode, message) => {
    const ran = await pm('account', 'list', ...argv)
    expect(ran).toMatchObject({exitCode, stdout: ''})
    expect(ran.stderr).toContain(message)
  })
})

describe('pm account show', () => {
  it('tells a person all but the secrets', async () => {
    expect((await seen('account', 'show', 'Newsletter@news.acme.example')).stdout).toMatchInlineSnapshot(`
      "Account        newsletter@news.acme.example
      Status         active
      Tenant         Acme
      Domain         news.acme.example
      Domain status  verified
      Provider       mailu
      Sent today     94
      Last warmed    3h ago
      Created        15mo ago
      Updated        3d ago
      ID             1e26a072-e5fb-8106-89c2-c85d526801b7

      Secrets
        Vault path     (masked)
        IMAP settings  (masked)
        SMTP settings  -

      Campaigns that send by it
        CAMPAIGN            STATUS
        Loyalty Thank-you   completed
        Wholesale Re-order  paused
        Winter Sale         sending

      Recent changes
        No changes.
      "
    `)
  })

  it('tells no format where a secret lies', async () => {
    for (const format of ['json', 'yaml', 'csv', 'tsv', 'ndjson', 'table', 'wide']) {
      const {stdout} = await pm('account', 'show', 'newsletter@news.acme.example', '--fields', 'all', '-o', format)
      expect(stdout).toContain('(masked)')
      expect(stdout).not.toContain('SECRET')
      expect(stdout).not.toContain('vault://')
    }
    expect(
      await json('account', 'show', 'newsletter@news.acme.example', '--fields', 'vault_key_path,smtp_settings'),
    ).toEqual({
      vault_key_path: '(masked)',
      smtp_settings: null,
    })
  })

  it('shows what is hostile harmlessly, and a state that pm does not know as it is', async () => {
    const {stdout} = await seen('account', 'show', 'hello@hello-ops.example')
    expect(stdout).toContain('mail\\u{1b}[2Ju')
    expect(stdout).toMatch(/\nStatus +migrating\n/)
    expect(stdout).not.toContain('\u001b')
  })

  it('of an account that is not there ends with 3', async () => {
    const ran = await pm('account', 'show', 'nobody@acme.example')
    expect(ran).toMatchObject({exitCode: 3, stdout: ''})
    expect(ran.stderr).toContain('No e-mail account nobody@acme.example.')
  })
})
