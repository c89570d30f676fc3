import {expect, test} from 'vitest'
import {complete} from '../../../src/cli/completion/candidates.ts'
import {type LiveNames, readCommandTable} from '../../../src/cli/completion/known.ts'

const table = readCommandTable(new URL('../../../', import.meta.url))

const live: LiveNames = (noun, _typed, context) => ({
  isWhole: true,
  candidates: [{value: `Acme ${noun}`, about: context}, {value: 'acorn'}, {value: 'Zenith'}],
})

async function offered(line: string, names = live): Promise<readonly string[] | 'files'> {
  const found = await complete(line.split(' '), table, names)
  return found === 'files' ? found : found.map(({value}) => value)
}

test.each([
  ['ip q', ['quarantine']],
  ['domain re', ['records', 'remove']],
  ['domain records ', ['list', 'remove', 'set']],
  ['-c x ip q', ['quarantine']],
  ['--context=x ip q', ['quarantine']],
  ['nonsense ', []],
  ['hel', ['help']],
  ['completion refr', []],
  ['help exit', ['exit-codes']],
  ['help d', ['db', 'dns', 'domain']],
  ['help domain dk', ['dkim']],
  ['help help', []],
])('“pm %s”: the words of commands', async (line, words) => {
  expect(await offered(line)).toEqual(words)
})

test('the first word may be any topic or command that is not hidden', async () => {
  expect(await complete([''], table, live)).toEqual(
    expect.arrayContaining([
      {value: 'ip', about: 'Sending IPs: quarantine, release, assign, rate.'},
      {value: 'status', about: expect.any(String)},
      {value: 'whoami', about: expect.any(String)},
    ]),
  )
})

test.each([
  ['ip list --list', ['--listed']],
  ['ip list --listed --list', []],
  ['domain check --ser', ['--server']],
  ['domain check --server 192.0.2.53 --ser', ['--server']],
  ['flags list --no-head', ['--no-header']],
  ['--no-in', ['--no-input']],
  ['ip list -- --list', []],
])('“pm %s”: the flags that are left', async (line, flags) => {
  expect(await offered(line)).toEqual(flags)
})

test.each([
  ['ip list --status wa', ['warming', 'warmed']],
  ['ip list --status=wa', ['--status=warming', '--status=warmed']],
  ['ip list --status warmed,wa', ['warmed,warming']],
  ['ip list -o y', ['yaml']],
  ['ip list --output n', ['ndjson', 'name']],
  ['ip rate Acme go', ['good']],
  ['domain records set acme.example C', ['CNAME']],
])('“pm %s”: the values there are', async (line, values) => {
  expect(await offered(line)).toEqual(values)
})

test.each([
  ['domain list --fields do', ['domain']],
  ['domain list --fields domain,ten', ['domain,tenant', 'domain,tenant_id']],
  ['domain list --fields +ten', ['+tenant', '+tenant_id']],
  ['domain list --sort -dom', ['-domain']],
  ['domain show acme.example --fields dom', ['domain']],
])('“pm %s”: the fields there are', async (line, fields) => {
  expect(await offered(line)).toEqual(fields)
})

test.each([
  ['tenant show ac', ['Acme tenant', 'acorn']],
  ['tenant restore Ac', ['Acme deleted tenant', 'acorn']],
  ['ip list --tenant Ac', ['Acme tenant', 'acorn']],
  ['ip list --tenant=Ac', ['--tenant=Acme tenant', '--tenant=acorn']],
  ['ip assign acorn Ac', ['Acme IP', 'acorn']],
  ['ip quarantine acorn ac', ['Acme IP']],
  ['flags enable Ac', ['Acme flag', 'acorn']],
  ['config get Ac', ['Acme key', 'acorn']],
  ['staff set-role ada@x.example Ac', ['Acme role', 'acorn']],
  ['plan change acorn --to Ac', ['Acme plan', 'acorn']],
  ['plan compare acorn Ac', ['Acme plan', 'acorn']],
  ['ip list -c Ac', ['Acme context', 'acorn']],
  ['-c Ac', ['Acme context', 'acorn']],
  ['context use Ac', ['Acme context', 'acorn']],
  ['staff role grant acorn Ac', ['Acme permission']],
  ['flags create Ac', []],
  ['domain add Ac', []],
  ['tenant show acorn Ac', []],
])('“pm %s”: the names of what is meant there', async (line, names) => {
  expect(await offered(line)).toEqual(names)
})

test('names are those of the context on the command line', async () => {
  expect(await complete(['-c', 'prod', 'tenant', 'show', 'Acm'], table, live)).toEqual([
    {value: 'Acme tenant', about: 'prod'},
  ])
  expect(await complete(['tenant', 'show', '--context', 'prod', 'Acm'], table, live)).toEqual([
    {value: 'Acme tenant', about: 'prod'},
  ])
})

test('the names of files are left to the shell', async () => {
  expect(await offered('ip release --from-file tar')).toBe('files')
})

test('a name that is a flag, or would drive the terminal, is not offered', async () => {
  const hostile: LiveNames = () => ({
    isWhole: true,
    candidates: [
      {value: '--yes'},
      {value: '-y'},
      {value: 'a\u001b[2J'},
      {value: 'a\nb'},
      {value: 'a\u202eb'},
      {value: 'ab'},
    ],
  })
  expect(await offered('tenant show ', hostile)).toEqual(['ab'])
  expect(await offered('tenant show -', hostile)).not.toContain('--yes')
})

test('of names that are not all known nothing is offered that the others may contradict', async () => {
  const some: LiveNames = () => ({isWhole: false, candidates: [{value: 'acme one'}, {value: 'acme two'}]})
  expect(await offered('tenant show a', some)).toEqual([])
  expect(await offered('tenant show acme ', some)).toEqual([])
  expect((await complete(['tenant', 'show', 'acme '], table, some)).length).toBe(2)
})
