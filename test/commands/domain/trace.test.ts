import {afterAll, afterEach, beforeAll, beforeEach, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {behaviours, environmentOf, type FakeTree, resolving, startTree} from '../../support/dns/fake-tree.ts'
import {run} from '../../support/run.ts'

let database: TestDatabase
let tree: FakeTree
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  tree = await startTree()
})
afterEach(() => tree.close())

const trace = (domain: string, ...flags: string[]) =>
  run({env: {DATABASE_URL: database.url('op_viewer'), ...environmentOf(tree)}}, ['domain', 'trace', domain, ...flags])
/** Without the times, and the port that differs from run to run. */
const steady = (text: string) => text.replaceAll(`:${tree.port}`, '').replaceAll(/\d+ ms/g, '0 ms')

it('shows each zone on the way, and what every server at the end says', async () => {
  const {stdout, exitCode} = await trace('Acme.Example.', '-o', 'table')
  expect({exitCode, text: steady(stdout)}).toEqual({
    exitCode: 0,
    text: `Domain   acme.example
Zone     acme.example
Outcome  ok

example
  ns1.example
  ns2.example

acme.example
  ns1.acme.example  127.0.1.4
  ns2.acme.example  127.0.1.5

Its servers, asked just now
  ✓ ns1.acme.example (127.0.1.4): serial 1, 0 ms
  ✓ ns2.acme.example (127.0.1.5): serial 1, 0 ms
`,
  })
})

it('says which server is wrong, and exits 9', async () => {
  tree.own[1].behaviour = behaviours.refusing
  const {stdout, exitCode} = await trace('acme.example', '-o', 'json')
  const {outcome, servers, findings} = JSON.parse(stdout)
  expect({
    exitCode,
    outcome,
    servers: servers.map(({host, authoritative, says}: Record<string, unknown>) => ({host, authoritative, says})),
    codes: findings.map(({code}: {code: string}) => code),
  }).toEqual({
    exitCode: 9,
    outcome: 'failing',
    servers: [
      {host: 'ns1.acme.example', authoritative: true, says: 'serial 1'},
      {host: 'ns2.acme.example', authoritative: false, says: 'it answered REFUSED'},
    ],
    codes: ['NS_LAME'],
  })
})

it.each([
  ['no name', 'no such..name', 9, ['DNS_BAD_NAME']],
  ['nowhere', 'gone.example', 9, ['DNS_DOMAIN_NXDOMAIN']],
  ['where nobody can ask', 'acme.elsewhere', 10, ['DNS_DELEGATION_UNKNOWN']],
])('of what is %s it says so', async (_, domain, code, codes) => {
  const {stdout, exitCode} = await trace(domain, '-o', 'json')
  const {zone, findings} = JSON.parse(stdout)
  expect({exitCode, zone, codes: findings.map((finding: {code: string}) => finding.code)}).toEqual({
    exitCode: code,
    zone: null,
    codes,
  })
})

it('exits 10 where the servers of the zone above are silent', async () => {
  for (const parent of tree.parents) parent.behaviour = behaviours.failing
  tree.resolver.behaviour = resolving([
    {name: 'example', type: 'NS', ttl: 60, data: 'ns1.example'},
    {name: 'ns1.example', type: 'A', ttl: 60, data: '127.0.1.2'},
  ])
  const {stdout, exitCode} = await trace('acme.example', '-o', 'table')
  expect({exitCode, last: steady(stdout).trimEnd().split('\n').at(-1)}).toEqual({
    exitCode: 10,
    last: '  ? The name servers of acme.example could not be found. The servers of example could not be asked: 127.0.1.2: it answered SERVFAIL.',
  })
})

it('takes no IP address for a domain', async () => {
  const {stdout, exitCode} = await trace('192.0.2.1', '-o', 'table')
  expect({exitCode, stdout}).toEqual({exitCode: 9, stdout: expect.stringContaining('pm ip check 192.0.2.1')})
})
