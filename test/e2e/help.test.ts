import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {nodeOlderThan} from '../support/old-node.ts'
import {pm, pmScript, start} from '../support/process.ts'

test('--version says which pm and which Node', async () => {
  const {exitCode, stdout, stderr} = await pm(['--version'])
  expect([exitCode, stdout, stderr]).toEqual([0, expect.stringMatching(/^pm\/\d+\.\d+\.\d+ \S+ node-v\d+.*\n$/), ''])
})

test.each([[[]], [['--help']], [['-h']], [['help']]])('pm %j shows examples and the topics', async (argv) => {
  const {exitCode, stdout, stderr} = await pm(argv)
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(
    /^EXAMPLES\n {2}pm +Search .*^ {2}ip +Sending IPs: quarantine, release, assign, rate, check\.$/ms,
  )
})

test.each([[['ip']], [['ip', '--help']], [['help', 'ip']]])('pm %j lists the commands of the topic', async (argv) => {
  const {exitCode, stdout, stderr} = await pm(argv)
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^ {2}ip list +List sending IPs\.$/m)
})

test.each([
  [['ip', 'list', '--help']],
  [['ip', 'list', '-h']],
  [['help', 'ip', 'list']],
  [['ip', 'list', '--status', 'warmed', '--help']],
])('pm %j explains the command: its flags and examples', async (argv) => {
  const {exitCode, stdout, stderr} = await pm(argv)
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^List sending IPs\.$/m)
  expect(stdout).toMatch(/^ {2}pm ip list --listed$/m)
})

test.each([
  [['ip', 'quarantin', '203.0.113.24', '--yes'], 'ip quarantine'],
  [['ipp', 'list'], 'ip list'],
  [['quarantine', '203.0.113.24'], 'ip quarantine'],
  [['help', 'ip', 'lsit'], 'ip list'],
  [['tenat'], 'tenant'],
  [['help', 'scriptng'], 'help scripting'],
  [['help', 'exit', 'code'], 'help exit-codes'],
  [['first-steps'], 'help first-steps'],
])('pm %j is no command: the suggestion is printed, and not run', async (argv, meant) => {
  const {exitCode, stdout, stderr} = await pm(argv)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^Error: There is no command “.+”\.\n/)
  expect(stderr).toContain(`Did you mean: pm ${meant}? Otherwise see pm --help. (usage, exit 2)\n`)
})

test.each([
  [['--nope'], '--nope'],
  [['-v'], '-v'],
  [['--nope', 'ip', 'list'], '--nope'],
  [['--', 'ip', 'list'], '--'],
  [['ip', '--no-input'], '--no-input'],
])('pm %j is no command either, and not answered with a help that a script would take for data', async (argv, flag) => {
  const {exitCode, stdout, stderr} = await pm(argv)
  expect([exitCode, stdout, stderr]).toEqual([
    2,
    '',
    `Error: There is no flag ${flag} without a command.\nSee pm --help. (usage, exit 2)\n`,
  ])
})

test.each([
  [['--json', '-c', 'nowhere', 'whoami']],
  [['-cnowhere', '--output=json', 'whoami']],
  [['--timeout', '5', 'whoami', '--json', '--context', 'nowhere']],
])('pm %j: flags of every command may stand in front of it', async (argv) => {
  const {exitCode, stdout, stderr} = await pm(argv)
  expect([exitCode, stdout, JSON.parse(stderr).error.message]).toEqual([3, '', 'There is no context “nowhere”.'])
})

test.each([[['help', 'exit-codes']], [['help', 'exit', 'codes']]])(
  'pm %j tells every exit code, as the README does',
  async (argv) => {
    const {exitCode, stdout} = await pm(argv)
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const told = [...readme.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(
      ([, code, meaning]) => `  ${code?.padStart(3)}  ${meaning}`,
    )
    expect([exitCode, stdout.match(/^ {2}[ \d]{3} {2}.+$/gm)]).toEqual([0, told])
  },
)

test('headings are bold where colour is wanted, and nowhere else', async () => {
  const bold = '\u001B[1mEXAMPLES\u001B[22m'
  const shown = await Promise.all(
    [
      ['--color', 'always', 'ip', '--help'],
      ['ip', '--help'],
    ].map(async (argv) => (await pm(argv)).stdout),
  )
  expect(shown.map((text) => text.includes(bold))).toEqual([true, false])
})

const old = nodeOlderThan(22, 19)

test.skipIf(!old)('an old Node is told so in one line', async () => {
  const {exitCode, stdout, stderr} = await start(old?.path ?? '', [pmScript(), 'ip', 'list'], {}).ended
  expect([exitCode, stdout, stderr]).toEqual([2, '', `pm needs Node.js 22.19 or newer; this is ${old?.version}.\n`])
})
