import {describe, expect, it} from 'vitest'
import {attempt, carryOut, sound} from '../../support/ip-write.ts'

const quarantine = (...argv: string[]) => attempt(['ip', 'quarantine', ...argv])
const nothing = {stdout: '', wrote: [], changes: 0}

describe('pm ip quarantine', () => {
  it('refuses what cannot become quarantined and names what it can become', async () => {
    expect(await quarantine('203.0.113.26', '--yes', '-o', 'json')).toEqual({
      ...nothing,
      exitCode: 6,
      stderr: expect.stringContaining(
        '"message":"203.0.113.26 is burned and cannot become quarantined.","hint":"It stays as it is."',
      ),
    })
  })

  it('has nothing to do where all are quarantined already', async () => {
    const {stderr, ...rest} = await quarantine('203.0.113.28', '192.0.2.17', '--yes')
    expect(rest).toEqual({...nothing, exitCode: 0})
    expect(stderr).toContain('! Left alone, quarantined already: 203.0.113.28, 192.0.2.17.')
    expect(stderr).toContain('Nothing to do.')
  })

  it('names all that cannot be, and none that is already', async () => {
    const arrange = "update smtp_ip_addresses set status = 'burned' where ip_address = '203.0.113.25'"
    const ips = ['203.0.113.26', '203.0.113.28', '203.0.113.24', '203.0.113.25']
    expect(await attempt(['ip', 'quarantine', ...ips, '--yes'], {}, arrange)).toEqual({
      ...nothing,
      exitCode: 6,
      stderr:
        'Error: 203.0.113.26 is burned and cannot become quarantined. ' +
        '203.0.113.25 is burned and cannot become quarantined. Nothing was changed.\n' +
        'Leave them out, or mend that first. (conflict, exit 6)\n',
    })
  })

  it('refuses several where one cannot be', async () => {
    expect(await quarantine('203.0.113.24', '203.0.113.26', '--yes')).toMatchObject({...nothing, exitCode: 6})
  })

  it('names every IP that is not there', async () => {
    const {stderr, ...rest} = await quarantine('203.0.113.24', '192.0.2.250', '2001:db8::250', '--yes', '-o', 'json')
    expect(rest).toEqual({...nothing, exitCode: 3})
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'not_found',
        message: 'No sending IPs 192.0.2.250, 2001:db8::250.',
        hint: 'See which there are: pm ip list',
        details: {missing: ['192.0.2.250', '2001:db8::250']},
      },
    })
  })

  it.each(['203.0.113', '203.0.113.024', 'acme.example', '203.0.113.24/32', ''])(
    'takes no text for an IP that is none: %j',
    async (text) => {
      expect(await quarantine('203.0.113.25', text, '--yes')).toMatchObject({...nothing, exitCode: 2})
    },
  )

  it('asks for an IP where none is given and nobody can be asked', async () => {
    expect(await quarantine('--yes')).toEqual({
      ...nothing,
      exitCode: 2,
      stderr: 'Error: Which IP?\nGive it as an argument: see pm ip quarantine --help. (usage, exit 2)\n',
    })
  })

  it('lists the domains that find no room', async () => {
    const {stderr, ...rest} = await quarantine('203.0.113.24', '--max-per-ip', '2', '--yes', '-o', 'json')
    expect(rest).toEqual({...nothing, exitCode: 6})
    expect(JSON.parse(stderr)).toMatchInlineSnapshot(`
      {
        "error": {
          "code": "conflict",
          "details": {
            "max_per_ip": 2,
            "unplaced": [
              "acme.example",
              "blueanchor.example",
              "harborpine-mail.example",
              "harborpine.example",
              "kestrel.example",
              "news.acme.example",
              "tidewater.example",
              "updates.kestrel.example",
            ],
          },
          "hint": "Raise --max-per-ip (now 2), name an IP with --to, or let them stop sending with --no-reassign.",
          "message": "No healthy IP has room for 8 domains: acme.example, blueanchor.example, harborpine-mail.example, harborpine.example, kestrel.example, news.acme.example, tidewater.example, updates.kestrel.example.",
        },
      }
    `)
  })

  it.each([
    ['--max-per-ip', '0'],
    ['--max-per-ip', '-1'],
    ['--max-per-ip', 'many'],
    ['--max-rows', '0'],
    ['--to', '203.0.113.024'],
    ['--to', ''],
    ['--to', '203.0.113.21', '--no-reassign'],
    ['--dryrun'],
    ['--json', '-o', 'csv'],
  ])('does not start with %s %s %s', async (...flags) => {
    const given = flags.filter((flag) => flag !== undefined)
    expect(await quarantine('203.0.113.24', '--yes', ...given)).toMatchObject({...nothing, exitCode: 2})
  })

  it('needs consent, and says the exact command that gives it', async () => {
    const asked = await quarantine('203.0.113.24', '--reason', "it's listed; really")
    expect(asked).toMatchObject({...nothing, exitCode: 7})
    expect(asked.stderr.split('\n').slice(-3)).toEqual([
      'Error: This needs consent, and there is nobody to ask. Nothing was changed.',
      `To consent: pm ip quarantine 203.0.113.24 --reason 'it'\\''s listed; really' --yes (consent_needed, exit 7)`,
      '',
    ])
  })

  it('says the command so that its flag still is one behind --', async () => {
    const {stderr} = await attempt(['ip', 'quarantine', '-o', 'json', '--', '203.0.113.24'])
    const {error} = JSON.parse(stderr.slice(stderr.indexOf('{"error"')))
    expect(error).toEqual({
      code: 'consent_needed',
      message: 'This needs consent, and there is nobody to ask. Nothing was changed.',
      hint: 'To consent: pm ip quarantine -o json --yes -- 203.0.113.24',
      details: {command: 'pm ip quarantine -o json --yes -- 203.0.113.24'},
    })
  })

  it('needs its name typed where it is of more rows than --max-rows, which --yes does not stand in for', async () => {
    const argv = ['203.0.113.24', '--max-rows', '22']
    const asked = await quarantine(...argv, '--yes')
    expect(asked).toMatchObject({...nothing, exitCode: 7})
    expect(asked.stderr).toContain('--yes --confirm 203.0.113.24')
    const {ran, soundness} = await carryOut(['ip', 'quarantine', ...argv, '--confirm', '203.0.113.24'])
    expect(ran.exitCode).toBe(0)
    expect(soundness).toEqual(sound)
  })

  it('is not of more rows than it has', async () => {
    expect(await quarantine('203.0.113.24', '--max-rows', '23', '--yes')).toMatchObject({exitCode: 0, changes: 1})
  })

  it('names several IPs by their number', async () => {
    const argv = ['203.0.113.24', '203.0.113.25', '--max-rows', '1']
    expect((await quarantine(...argv)).stderr).toContain("--confirm '2 IPs'")
    expect(await quarantine(...argv, '--confirm', '2 IPs')).toMatchObject({exitCode: 0, changes: 1})
  })

  it('refuses a --confirm that names something else, also where --yes would do', async () => {
    const {stderr, ...rest} = await quarantine('203.0.113.24', '--confirm', '203.0.113.25', '--yes', '-o', 'json')
    expect(rest).toEqual({...nothing, exitCode: 2})
    expect(stderr).toContain('"message":"--confirm “203.0.113.25” does not name what would change."')
    expect(stderr).toContain('"hint":"It must be exactly: 203.0.113.24"')
  })
})
