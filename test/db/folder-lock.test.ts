import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {FolderLock} from '../../src/db/folder-lock.ts'
import {birthOf} from '../../src/db/running-process.ts'
import {Conflict} from '../../src/rules/errors.ts'

const patienceMs = 700
let folder = ''
let file = ''
let stranger: ChildProcess

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pm-lock-'))
  file = join(folder, 'lock')
  stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {stdio: 'ignore'})
  await once(stranger, 'spawn')
})
afterEach(() => {
  stranger.kill('SIGKILL')
  rmSync(folder, {recursive: true, force: true})
})

/** What waiting for the lock says and how it ends. */
async function acquire(): Promise<{said: string[]; error: unknown}> {
  const said: string[] = []
  const lock = new FolderLock(file, patienceMs)
  const error = await lock
    .acquire((line) => said.push(line))
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
  return {said, error}
}

function heldBy(holder: object): void {
  writeFileSync(file, JSON.stringify(holder))
}

describe('the lock of a folder', () => {
  it('is a file that names its holder, and goes when released', async () => {
    const lock = new FolderLock(file)
    await lock.acquire(() => {})
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({pid: process.pid, born: birthOf(process.pid)})
    lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is waited for, saying for whom, and then refused, saying who has it', async () => {
    heldBy({pid: stranger.pid, born: birthOf(stranger.pid ?? 0), command: 'ip list'})
    const {said, error} = await acquire()
    expect(said).toEqual([`Waiting for process ${stranger.pid} (pm ip list), which uses the sandbox…`])
    expect(error).toBeInstanceOf(Conflict)
    expect(error).toMatchObject({
      message: `The sandbox is in use by process ${stranger.pid} (pm ip list).`,
      hint: `It takes one process at a time. Wait for it to end; if it hangs, end it: kill ${stranger.pid}`,
      details: {pid: stranger.pid, command: 'ip list'},
    })
    expect(existsSync(file)).toBe(true)
  })

  it('stays with its holder when another gives up', async () => {
    const first = new FolderLock(file)
    await first.acquire(() => {})
    const second = new FolderLock(file, 0)
    await expect(second.acquire(() => {})).rejects.toBeInstanceOf(Conflict)
    second.release()
    expect(existsSync(file)).toBe(true)
  })

  it('is taken over from a process that has ended', async () => {
    heldBy({pid: stranger.pid, born: null, command: 'ip list'})
    stranger.kill('SIGKILL')
    await once(stranger, 'exit')
    expect(await acquire()).toEqual({said: [], error: undefined})
  })

  it.runIf(birthOf(process.pid))('is taken over when another process has the id of the one that ended', async () => {
    heldBy({pid: stranger.pid, born: '1', command: 'ip list'})
    expect(await acquire()).toEqual({said: [], error: undefined})
  })

  it('is waited for while its holder is just writing it', async () => {
    writeFileSync(file, '')
    const {error} = await acquire()
    expect(error).toMatchObject({message: 'The sandbox is in use by another process.'})
  })

  it.each(['', 'null', '{"pid":"x"}', 'garbage'])('is taken over when it has said only “%s” for long', async (text) => {
    writeFileSync(file, text)
    utimesSync(file, 0, 0)
    expect(await acquire()).toEqual({said: [], error: undefined})
  })

  it('is taken over when it is a folder, or a crash left the burial of another behind', async () => {
    for (const left of [file, `${file}.burial`]) mkdirSync(left)
    for (const left of [file, `${file}.burial`]) utimesSync(left, 0, 0)
    expect((await acquire()).error).toBeUndefined()
    expect(readdirSync(folder)).toEqual(['lock'])
  })
})
