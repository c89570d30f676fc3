import {expect, test} from 'vitest'
import {pm} from '../support/process.ts'

const help = 'See --help. (usage, exit 2)'

test.each([
  [['ip', 'add'], 'What is missing: ip.', help],
  [['config', 'set'], 'What is missing: key, value.', help],
  [['ip', 'add', '192.0.2.7'], '--vps is missing.', help],
  [['ip', 'list', 'extra'], 'Unexpected argument: extra.', help],
  [['ip', 'list', '--limt', '3'], 'There is no flag --limt.', 'Did you mean --limit? See --help. (usage, exit 2)'],
  [['ip', 'list', '--zzzz'], 'There is no flag --zzzz.', help],
  [['ip', 'list', '--limit', '-1'], '--limit takes an integer greater than or equal to 0, not -1.', help],
  [
    ['ip', 'list', '--limit', '99999999999999999999'],
    '--limit takes an integer less than or equal to 1000000000, not 99999999999999999999.',
    help,
  ],
  [['ip', 'release', '192.0.2.7', '--as', 'nowhere'], '--as takes warming, available; not “nowhere”.', help],
  [['ip', 'list', '--limit', 'abc'], '--limit takes an integer, not abc.', help],
  [
    ['plan', 'create', 'q', '--name', 'Q', '--price-monthly', '9.99'],
    '--price-monthly: “9.99” is no whole number that fits.',
    'Prices are in cents, as at Stripe: 7900 is 79.00. Nothing (=) is no price. (usage, exit 2)',
  ],
  [['-o', 'tsv', '--color=never', 'qqqq'], 'There is no command “qqqq”.', 'See pm --help. (usage, exit 2)'],
  [
    ['ip', 'quarantine', '--to', '192.0.2.7', '--no-reassign'],
    '--to=192.0.2.7 cannot also be provided when using --no-reassign.',
    help,
  ],
])('pm %j is told in one line and a hint', async (argv, message, hint) => {
  const {exitCode, stdout, stderr} = await pm(argv)
  expect([exitCode, stdout, stderr]).toEqual([2, '', `Error: ${message}\n${hint}\n`])
})

test('a folder where nothing can be made is told, and not tried for ever', async () => {
  const {exitCode, stdout, stderr} = await pm(['ip', 'list'], {env: {PM_DATA_DIR: '/proc/nope'}})
  expect({exitCode, stdout}).toEqual({exitCode: 11, stdout: ''})
  expect(stderr).toContain('The sandbox cannot be kept in /proc/nope')
})
