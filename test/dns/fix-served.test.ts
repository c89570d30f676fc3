import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {fixOf} from '../../src/dns/fix.ts'
import {textOf} from '../../src/dns/live-answer.ts'
import {lookupAt} from '../../src/dns/resolve/resolver-lookup.ts'
import {DnsClient} from '../../src/dns/wire/client.ts'
import {missingPrograms, skipNote} from '../support/dns/daemon.ts'
import {startBind} from '../support/dns/servers.ts'
import {zoneFile} from '../support/dns/zone-file.ts'
import {freePort} from '../support/free-port.ts'

const missing = missingPrograms('named', 'named-checkzone')
// BIND listens on addresses that an interface has, not on all of 127.
const address = '127.0.0.1'

describe.skipIf(missing.length > 0)(`the zone line of a fix${skipNote(missing)}`, () => {
  it('is taken by named-checkzone, and read back from BIND byte by byte', async () => {
    const texts = [
      'v=spf1 include:_spf.penguinmails.example -all',
      `v=DKIM1; k=rsa; p=${'A'.repeat(700)}`,
      '',
      ...fc.sample(fc.string({unit: 'binary', maxLength: 400}), {numRuns: 200, seed: 7}),
      ...fc.sample(fc.string({minLength: 250, maxLength: 260}), {numRuns: 50, seed: 7}),
    ].map((text) => Buffer.from(text).toString())
    const lines = texts.map(
      (value, at) => fixOf({name: `n${at}.fix.test`, zone: 'fix.test', type: 'TXT', value, ttl: 60}).zone_line,
    )
    const others = [
      fixOf({name: 'fix.test', zone: 'fix.test', type: 'MX', value: '10 mail.penguinmails.example.', ttl: 60}),
      fixOf({name: 'www.fix.test', zone: 'fix.test', type: 'A', value: '192.0.2.1', ttl: 60}),
      fixOf({name: 's1._domainkey.fix.test', zone: 'fix.test', type: 'CNAME', value: 's1.example.', ttl: 60}),
    ].map((fix) => fix.zone_line)
    const zone = zoneFile('fix.test', ['@ NS ns1', `ns1 A ${address}`, ...lines, ...others])
    expect(checkZone('fix.test', zone)).toEqual({status: 0, complaints: ''})

    const port = await freePort()
    const bind = await startBind({port, addresses: [address], zones: {'fix.test': zone}})
    const client = new DnsClient()
    const lookup = lookupAt(client, {address, port})
    const answers = await Promise.all(texts.map((_, at) => lookup(`n${at}.fix.test`, 'TXT')))
    const read = answers.map((answer) => answer.outcome === 'found' && answer.records.map(({data}) => textOf(data)))
    expect(read).toEqual(texts.map((text) => [text]))
    client.close()
    await bind.stop()
  })
})

function checkZone(name: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'pm-zone-'))
  try {
    const file = join(folder, 'zone')
    writeFileSync(file, text)
    const {status, stdout, stderr} = spawnSync('named-checkzone', ['-q', name, file], {encoding: 'utf8'})
    return {status, complaints: stdout + stderr}
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}
