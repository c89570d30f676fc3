import {randomUUID} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {quoted} from '../../../src/rules/shell-word.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {readLedger, verdict} from '../../support/ledger.ts'
import {bashInTerminal, type Seat, type TestTerminal} from '../../support/terminal.ts'

/** A kind of prompt: a command line that comes to it, and what it shows when it waits for keys. */
interface Prompt {
  kind: string
  argv: readonly string[]
  shows: string | RegExp
  /** What the same question shows with PM_ACCESSIBLE=1. */
  plainly: string | RegExp
  /** How it ends at the end of input where that is no interruption, and how with PM_ACCESSIBLE=1. */
  atEnd?: 0
  atPlainEnd?: 0
  /** What it shows where Ctrl-C does not end it. */
  afterCtrlC?: RegExp
}

const number = 'or how the name begins:'
const enroll = ['staff', 'enroll', 'ada@penguinmails.example', '--login', 'op_x', '--create-login', '--password-stdin']

const prompts: readonly Prompt[] = [
  {kind: 'a search over live rows', argv: ['ip', 'show'], shows: '❯ 192.0.2.10', plainly: number},
  {kind: 'a search for many', argv: ['ip', 'quarantine'], shows: '❯ 192.0.2.10', plainly: number},
  {
    kind: 'a choice of few values',
    argv: ['company', 'set-status', 'Acme'],
    shows: '❯ active',
    plainly: number,
  },
  {kind: 'a text', argv: ['flags', 'create'], shows: '? Which key?', plainly: 'Which key?'},
  {kind: 'everything, with --prompt', argv: ['ip', 'list', '--prompt'], shows: '❯ (leave it out)', plainly: number},
  {kind: 'a password', argv: enroll, shows: '? Password:', plainly: 'Password'},
  {
    kind: 'consent',
    argv: ['ip', 'quarantine', '203.0.113.24'],
    shows: '? Go ahead? (y/N)',
    plainly: 'Type yes or no:',
  },
  {
    kind: 'consent by name',
    argv: ['ip', 'quarantine', '203.0.113.24', '--max-rows', '1'],
    shows: '? Type 203.0.113.24 to go ahead:',
    plainly: 'Type 203.0.113.24 to go ahead:',
  },
  {
    kind: 'a line of the shell',
    argv: ['shell'],
    shows: /^pm .*>$/m,
    plainly: /^pm .*>$/m,
    atEnd: 0,
    atPlainEnd: 0,
    afterCtrlC: /leaves the\s+shell\.\)\n.*>$/,
  },
  {kind: 'home', argv: [], shows: '❯ 5 IPs on a blocklist', plainly: 'or search:', atPlainEnd: 0},
  {kind: 'the board', argv: ['top'], shows: '❯ ', plainly: 'Domains that fail'},
  {
    kind: 'a watched list',
    argv: ['ip', 'list', '--limit', '3', '--watch'],
    shows: 'q quit',
    plainly: '192.0.2.10',
  },
]

const sizes = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 40, rows: 15},
]

type PlainSeat = Seat & {env: Record<string, string>}

let database: TestDatabase
let home: string
let env: Record<string, string>
beforeAll(async () => {
  database = await freshDatabase()
  home = mkdtempSync(join(tmpdir(), 'pm-endings-'))
  env = {DATABASE_URL: database.url('op_admin'), PM_DATA_DIR: join(home, 'data'), PM_CACHE_DIR: join(home, 'cache')}
})
afterAll(async () => {
  await database.drop()
  rmSync(home, {recursive: true})
})

function lineOf({argv}: Prompt): string {
  return ['pm', ...argv.map(quoted)].join(' ')
}

/** A person's shell, in which pm is started up to its question, and which tells how the terminal is afterwards. */
async function asked(prompt: Prompt, seat: PlainSeat): Promise<TestTerminal> {
  const told = '[ "$(stty -g)" = "$before" ] && echo "modes as before" || stty -a'
  const terminal = bashInTerminal(`before=$(stty -g); ${lineOf(prompt)}; code=$?; ${told}; echo "exit $code"`, seat)
  await terminal.waitFor(seat.env.PM_ACCESSIBLE ? prompt.plainly : prompt.shows)
  return terminal
}

async function endsAsFound(terminal: TestTerminal, exitCode: number): Promise<void> {
  await terminal.ended()
  const shown = await terminal.shown()
  expect(shown.split('\n').slice(-2), shown).toEqual(['modes as before', `exit ${exitCode}`])
  expect(await terminal.leftOn()).toEqual([])
}

async function interrupt({afterCtrlC}: Prompt, terminal: TestTerminal): Promise<void> {
  terminal.press('ctrl-c')
  if (afterCtrlC === undefined) return endsAsFound(terminal, 130)
  await terminal.waitFor(afterCtrlC)
  terminal.press('ctrl-d')
  await endsAsFound(terminal, 0)
}

const endings: Record<string, (prompt: Prompt, seat: PlainSeat) => Promise<void>> = {
  'Ctrl-C': async (prompt, seat) => interrupt(prompt, await asked(prompt, seat)),
  'Ctrl-C after a resize': async (prompt, seat) => {
    const terminal = await asked(prompt, seat)
    terminal.resize(50, 12)
    terminal.resize(100, 30)
    await interrupt(prompt, terminal)
  },
  'the end of input': async (prompt, seat) => {
    const terminal = await asked(prompt, seat)
    terminal.press('ctrl-d')
    await endsAsFound(terminal, (seat.env.PM_ACCESSIBLE ? prompt.atPlainEnd : prompt.atEnd) ?? 130)
  },
  'the end of the terminal': async (prompt, seat) => {
    const told = join(home, randomUUID())
    // The shell outlives its terminal, to tell how pm ended.
    const terminal = bashInTerminal(`trap : HUP; ${lineOf(prompt)}; echo "exit $?" > ${told}`, seat)
    await terminal.waitFor(seat.env.PM_ACCESSIBLE ? prompt.plainly : prompt.shows)
    terminal.hangUp()
    await terminal.ended()
    expect(readFileSync(told, 'utf8')).toMatch(/^exit (0|130)\n$/)
  },
}

describe.each(prompts)('at $kind', (prompt) => {
  test.each([
    ...sizes.map((size) => ({...size, more: {}})),
    {columns: 80, rows: 24, more: {NO_COLOR: '1'}},
    {columns: 80, rows: 24, more: {PM_ACCESSIBLE: '1'}},
  ])(
    'the terminal is left as it was found, and nothing is changed ($columns×$rows, $more)',
    async ({more, ...size}) => {
      const before = await readLedger(database.owner.db)
      const seat = {...size, env: {...env, ...more}}
      const ends = await Promise.allSettled(Object.values(endings).map((end) => end(prompt, seat)))
      const failed = Object.keys(endings).flatMap((name, index) => {
        const end = ends[index]
        return end?.status === 'rejected' ? [`${name}: ${end.reason}`] : []
      })
      expect(failed).toEqual([])
      expect(verdict(before, await readLedger(database.owner.db))).toBe('nothing')
    },
  )
})
