import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {startProcess} from '../../db/sandbox/start-process.ts'
import {run} from '../../support/run.ts'
import {pmInTerminal} from '../../support/terminal.ts'

let home = ''
let folder = ''

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pm-reset-'))
  folder = join(home, 'data', 'sandbox')
})
afterEach(() => rmSync(home, {recursive: true, force: true}))

function reset(...argv: string[]) {
  return run({home}, ['sandbox', 'reset', ...argv])
}

/** What is left of a sandbox after something went very wrong. */
function leaveGarbage(): void {
  mkdirSync(join(folder, 'database'), {recursive: true})
  writeFileSync(join(folder, 'database', 'PG_VERSION'), 'garbage')
}

describe('pm sandbox reset', () => {
  it('throws a damaged sandbox away, and the next use makes a new one', async () => {
    leaveGarbage()
    expect(await run({home}, ['ip', 'show', '192.0.2.10'])).toMatchObject({exitCode: 11})
    expect(await reset('--yes')).toEqual({
      stdout: `folder\t${folder}\nremoved\ttrue\n`,
      stderr: `Throw away the sandbox in ${folder}, and all that was changed in it.\nThe next use makes a new sandbox.\n`,
      exitCode: 0,
    })
    expect(readdirSync(folder)).toEqual([])
    const {stdout, stderr, exitCode} = await run({home}, ['ip', 'show', '192.0.2.10', '-o', 'name'])
    expect({stdout, exitCode}).toEqual({stdout: '192.0.2.10\n', exitCode: 0})
    expect(stderr).toContain('Making the sandbox')
  })

  it('says as data what it did', async () => {
    leaveGarbage()
    expect(JSON.parse((await reset('--yes', '-o', 'json')).stdout)).toEqual({folder, removed: true})
  })

  it('needs consent, and without anybody to ask it says how to give it', async () => {
    leaveGarbage()
    const {stdout, stderr, exitCode} = await reset()
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 7})
    expect(stderr).toContain('To consent: pm sandbox reset --yes')
    expect(existsSync(join(folder, 'database', 'PG_VERSION'))).toBe(true)
  })

  it('asks on a terminal, and does it only after a yes', async () => {
    leaveGarbage()
    const seat = {env: {PM_DATA_DIR: join(home, 'data')}}
    const declined = pmInTerminal(['sandbox', 'reset'], seat)
    await declined.waitFor('Go ahead? (y/N)')
    declined.press('enter')
    expect(await declined.ended()).toBe(130)
    expect(await declined.shown()).toContain('Declined. Nothing was changed.')
    expect(existsSync(join(folder, 'database', 'PG_VERSION'))).toBe(true)
    const accepted = pmInTerminal(['sandbox', 'reset'], seat)
    await accepted.waitFor('Go ahead? (y/N)')
    accepted.type('y')
    accepted.press('enter')
    expect(await accepted.ended()).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })

  it('has nothing to do where there is no sandbox', async () => {
    expect(await reset()).toEqual({
      stdout: `folder\t${folder}\nremoved\tfalse\n`,
      stderr: 'There was no sandbox; the next use makes one.\n',
      exitCode: 0,
    })
  })

  it('takes no other context', async () => {
    leaveGarbage()
    expect(await reset('--yes', '-c', 'production')).toEqual({
      stdout: '',
      stderr: 'Error: Only the sandbox can be thrown away, not production. (usage, exit 2)\n',
      exitCode: 2,
    })
    expect(existsSync(join(folder, 'database'))).toBe(true)
  })

  it('leaves a sandbox alone that another process uses, and says which', async () => {
    const holder = startProcess('hold', folder)
    await holder.says('open')
    const {stdout, stderr, exitCode} = await reset('--yes')
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 6})
    expect(stderr).toContain(`The sandbox is in use by process ${holder.pid} (pm hold ${folder}).`)
    await holder.kill()
    expect(existsSync(join(folder, 'database', 'PG_VERSION'))).toBe(true)
    expect(await reset('--yes')).toMatchObject({exitCode: 0})
  })

  it('clears away what a process left that was killed while making it', async () => {
    leaveGarbage()
    mkdirSync(join(folder, 'database.making'))
    await reset('--yes')
    expect(readdirSync(folder)).toEqual([])
  })
})
