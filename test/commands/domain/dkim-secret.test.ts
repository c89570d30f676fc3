import {createPrivateKey, createPublicKey} from 'node:crypto'
import {existsSync, mkdtempSync, readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask, changesOf} from '../../support/records.ts'
import {run} from '../../support/run.ts'

let database: TestDatabase
let home: string
let vault: string
beforeEach(async () => {
  database = await freshDatabase()
  home = mkdtempSync(join(tmpdir(), 'pm-secret-'))
  vault = join(home, 'vault')
})
afterEach(() => database.drop())

const pm = (argv: readonly string[]) => run({home, env: {PATH: process.env.PATH ?? '', VAULT: vault}}, argv)

/** Rotates a key in a context whose secrets go to this command. */
async function rotateWith(command: string, ...flags: string[]) {
  const place = ['--kind', 'development', '--url', database.url('op_admin')]
  await pm(['context', 'add', 'here', ...place, '--secret-command', command])
  return pm(['domain', 'dkim', 'rotate', 'acme.example', '--context', 'here', '--yes', ...flags])
}

const newest = async () => {
  const [row] = await ask<{ref: string; key: string}>(
    database,
    `select r ->> 'secret_ref' as ref, r ->> 'public_key' as key from domains d, jsonb_array_elements(d.dns_records -> 'records') r
     where domain = 'acme.example' and r ->> 'selector' = 'pm2'`,
  )
  return row
}

describe('pm domain dkim rotate with a command for secrets', () => {
  it('gives it the private key on stdin, and its reference in the environment, and no argument', async () => {
    const {exitCode, stdout, stderr} = await rotateWith(
      'cat > "$VAULT"; echo "$PM_SECRET_REF" > "$VAULT.ref"; tr "\\0" " " < /proc/$$/cmdline > "$VAULT.argv"',
    )
    const pem = readFileSync(vault, 'utf8')
    const published = await newest()
    const der = createPublicKey(createPrivateKey(pem)).export({type: 'spki', format: 'der'})
    expect({exitCode, key: der.toString('base64')}).toEqual({exitCode: 0, key: published?.key})
    expect(readFileSync(`${vault}.ref`, 'utf8')).toBe(`${published?.ref}\n`)
    const [first = '?'] = pem.split('\n').slice(1)
    expect(`${stdout}${stderr}${readFileSync(`${vault}.argv`, 'utf8')}`).not.toContain(first)
    expect(stderr).toContain('The private key goes to the command for secrets of here.')
    expect(await changesOf(database)).toHaveLength(1)
  })

  it.each([
    ['fails', 'cat > /dev/null; echo "permission denied" >&2; exit 2', 10, 'It said: permission denied'],
    ['reads nothing and fails', 'exit 1', 10, 'The command for secrets failed (exit 1).'],
    ['does not exist', 'no-such-vault put', 10, 'failed (exit 127)'],
    ['is killed', 'kill -9 $$', 10, 'failed'],
  ])('stores nothing where it %s', async (_, command, exitCode, message) => {
    const ran = await rotateWith(command)
    expect(ran).toMatchObject({exitCode, stdout: '', stderr: expect.stringContaining(message)})
    expect({newest: await newest(), changes: await changesOf(database)}).toEqual({newest: undefined, changes: []})
  })

  it('does not show what a command that fails repeats of the key', async () => {
    const {exitCode, stdout, stderr} = await rotateWith('tee "$VAULT" | head -n 3 >&2; exit 1')
    expect({exitCode, said: stderr.split('\n').at(-3)}).toEqual({
      exitCode: 10,
      said: 'Error: The command for secrets failed (exit 1). It said: …',
    })
    const lines = readFileSync(vault, 'utf8').split('\n').slice(1, -2)
    expect(lines.filter((line) => `${stdout}${stderr}`.includes(line))).toEqual([])
  })

  it('stores nothing where it takes too long, and ends all that it began', async () => {
    const ran = await rotateWith('(sleep 3; touch "$VAULT") & sleep 60', '--timeout', '1')
    expect(ran).toMatchObject({exitCode: 12, stderr: expect.stringContaining('took too long')})
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect({newest: await newest(), left: existsSync(vault)}).toEqual({newest: undefined, left: false})
  }, 20_000)

  it('is not called in a dry run', async () => {
    const {exitCode} = await rotateWith('touch "$VAULT"', '--dry-run')
    expect({exitCode, called: existsSync(vault)}).toEqual({exitCode: 9, called: false})
  })

  it('gives way to a file that is named', async () => {
    const file = join(home, 'key.pem')
    await rotateWith('touch "$VAULT"', '--key-file', file)
    expect({file: existsSync(file), called: existsSync(vault)}).toEqual({file: true, called: false})
  })

  it('is shown with its context', async () => {
    await rotateWith('cat > /dev/null')
    const {stdout} = await pm(['context', 'show', 'here', '-o', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({secret_command: 'cat > /dev/null'})
  })
})

it('asks where the key shall go, where nothing says so', async () => {
  const ran = await run({env: {DATABASE_URL: database.url('op_admin')}}, [
    'domain',
    'dkim',
    'rotate',
    'acme.example',
    '--yes',
  ])
  expect(ran).toMatchObject({exitCode: 2, stderr: expect.stringContaining('Where shall the private key go?')})
  expect(await changesOf(database)).toEqual([])
})
