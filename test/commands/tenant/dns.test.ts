import {describe, expect, it} from 'vitest'
import {reading} from '../../support/reading.ts'

// One document is no object, one has a record of no known state, and one is hostile all over.
const arrange = `
  insert into tenants (id, name) values (gen_random_uuid(), 'No Domains Ltd');
  update domains set dns_records = '"none"' where domain = 'acme-events.example';
  update domains set dns_records = '{"records": [
    {"record_type": "MX", "name": "@", "value": "a.", "verification_status": "verified"},
    {"record_type": "MX", "name": "@", "value": "b.", "verification_status": "error"},
    {"record_type": "TXT", "verification_status": "failed"},
    {"record_type": "A", "verification_status": "\\u001b[2J"}, 7, null]}'
  where domain = 'acme-mail.example'`
const {pm, seen, json} = reading({arrange})

describe('pm tenant dns', () => {
  it('draws the domains of a tenant against the records they shall have, in words', async () => {
    expect((await seen('tenant', 'dns', 'acme')).stdout).toMatchInlineSnapshot(`
      "DOMAIN               SPF  DKIM  DMARC  MX     A      AAAA  CNAME  STATUS
      acme-events.example  -    -     -      -      -      -     -      pending
      acme-mail.example    -    -     -      error  waits  -     -      verified
      acme-offers.example  ok   ok    FAILS  ok     -      -     -      failed
      acme.example         ok   ok    ok     ok     ok     ok    ok     verified
      news.acme.example    ok   ok    ok     ok     -      -     -      verified
      "
    `)
  })

  it('gives programs the same in full words, null where there shall be no such record', async () => {
    expect(await json('tenant', 'dns', 'Acme', '--fields', 'domain,spf,dmarc,mx,a,cname,status')).toEqual([
      {domain: 'acme-events.example', spf: null, dmarc: null, mx: null, a: null, cname: null, status: 'pending'},
      {domain: 'acme-mail.example', spf: null, dmarc: null, mx: 'error', a: 'pending', cname: null, status: 'verified'},
      {
        domain: 'acme-offers.example',
        spf: 'verified',
        dmarc: 'failed',
        mx: 'verified',
        a: null,
        cname: null,
        status: 'failed',
      },
      {
        domain: 'acme.example',
        spf: 'verified',
        dmarc: 'verified',
        mx: 'verified',
        a: 'verified',
        cname: 'verified',
        status: 'verified',
      },
      {
        domain: 'news.acme.example',
        spf: 'verified',
        dmarc: 'verified',
        mx: 'verified',
        a: null,
        cname: null,
        status: 'verified',
      },
    ])
  })

  it('goes on from page to page', async () => {
    const first = await seen('tenant', 'dns', 'acme', '--limit', '4')
    const [, after = ''] = first.stderr.match(/--after (\S+)/) ?? []
    const {stdout} = await pm('tenant', 'dns', 'acme', '--after', after, '-o', 'name')
    expect(stdout).toBe('news.acme.example\n')
  })

  it('says so where a tenant has no domain, and where there is no such tenant', async () => {
    expect(await pm('tenant', 'dns', 'No Domains Ltd', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No domains found.\n',
    })
    expect((await pm('tenant', 'dns', 'acem')).stderr).toContain('Did you mean Acme?')
  })
})
