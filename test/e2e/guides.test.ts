import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readCommandTable} from '../../src/cli/completion/known.ts'
import {guides} from '../../src/cli/guides/guides.ts'
import {bash} from '../support/process.ts'

const table = readCommandTable(new URL('../../', import.meta.url))

// How those end that do not end with 0. There is no DNS here, and no database at db.example.com.
const ends: Readonly<Record<string, number>> = {
  'pm ip quarantine 192.0.2.10 --dry-run': 9,
  'pm whoami --context prod': 11,
  'pm ip rate --from-file ips.csv poor --dry-run': 9,
  'pm domain check acme.example': 10,
  'pm domain doctor acme.example': 10,
  'pm domain check --tenant acme --write --reason "asked by the tenant"': 10,
  'pm domain check acme.example --server 192.0.2.53 --full': 10,
  'pm ip check 192.0.2.10': 10,
  'pm staff enroll sam@penguinmails.example --login sam --create-login --dry-run': 9,
  'pm staff revoke olga@penguinmails.example --dry-run': 9,
}

// Screens, which the tests of the terminal open, and what waits until somebody changes DNS.
const elsewhere = new Set(['pm', 'pm shell', 'pm top', 'pm domain watch acme.example --timeout 30m'])

test.each([...guides])(
  'every command of pm help %s does what the guide says, on a new sandbox',
  async (_name, guide) => {
    const commands = guide.parts(table).flatMap(({commands = []}) => commands)
    const folder = mkdtempSync(join(tmpdir(), 'pm-guide-'))
    const env = {PM_DATA_DIR: folder, PM_CONFIG_DIR: join(folder, 'config'), PM_DNS_SERVERS: '127.0.0.1:9'}
    try {
      for (const command of commands.filter((line) => !elsewhere.has(line))) {
        const {exitCode, stderr} = await bash(command, {env, workingFolder: folder})
        expect([command, exitCode, stderr]).toEqual([command, ends[command] ?? 0, expect.not.stringContaining('a bug')])
      }
    } finally {
      rmSync(folder, {recursive: true, force: true})
    }
  },
)
