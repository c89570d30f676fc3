import {mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {pm} from '../support/process.ts'

describe('in an empty home', () => {
  let home: string
  let env: Record<string, string>
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'pm-home-'))
    env = {HOME: home, XDG_CACHE_HOME: join(home, '.cache')}
  })
  afterAll(() => rmSync(home, {recursive: true, force: true}))

  test('the first command makes the sandbox, says so, and does what it was asked to', async () => {
    const argv = ['ip', 'quarantine', '203.0.113.24', '--reason', 'listed on Spamhaus SBL', '--yes', '-o', 'json']
    const {exitCode, stdout, stderr} = await pm(argv, {env})
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      change: 1,
      headline: 'Quarantine 203.0.113.24 and move 9 domains of 5 tenants.',
    })
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'Making the sandbox, an embedded database with example data (a few seconds, once)…',
      '▸ sandbox · embedded database · as Ada Admin (admin)',
    ])
  })

  test('the second command finds it as it was left, and says where it works', async () => {
    const {exitCode, stdout, stderr} = await pm(['ip', 'list', '--status', 'quarantined', '-o', 'name'], {env})
    expect([exitCode, stderr]).toEqual([0, '▸ sandbox: an embedded database with example data\n'])
    expect(stdout.trim().split('\n')).toContain('203.0.113.24')
  })

  test('an operator it does not know is refused, and one without the permission too', async () => {
    const refused = ['nobody', 'op_viewer'].map((login) => ({...env, PM_SANDBOX_LOGIN: login}))
    const argv = ['ip', 'release', '203.0.113.24', '--yes']
    const [nobody, viewer] = [await pm(argv, {env: refused[0] ?? {}}), await pm(argv, {env: refused[1] ?? {}})]
    expect([nobody.exitCode, nobody.stderr.split('\n')[0]]).toEqual([2, 'Error: The sandbox has no operator “nobody”.'])
    expect([viewer.exitCode, viewer.stdout]).toEqual([5, ''])
    expect(viewer.stderr).toContain('Vic Viewer (viewer) lacks the permission ip.write.')
  })

  test('nothing is written but data and cache', () => {
    expect(readdirSync(home).sort()).toEqual(['.cache', '.local'])
  })
})

test('NODE_TLS_REJECT_UNAUTHORIZED=0 is refused before anything is opened', async () => {
  const {exitCode, stdout, stderr} = await pm(['ip', 'list'], {
    env: {NODE_TLS_REJECT_UNAUTHORIZED: '0', DATABASE_URL: 'postgres://op@db.example/penguinmails'},
  })
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toBe(
    'Error: NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check that a server is the right one. pm does not run with it.\nRun it without: env -u NODE_TLS_REJECT_UNAUTHORIZED pm … (usage, exit 2)\n',
  )
})
