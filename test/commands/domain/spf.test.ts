import {afterAll, afterEach, beforeAll, beforeEach, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {txtRecord} from '../../support/dns/fake-server.ts'
import {answering, behaviours, below, environmentOf, type FakeTree, startTree} from '../../support/dns/fake-tree.ts'
import {ask} from '../../support/records.ts'
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

const others = below.filter(({name, type}) => !(name === 'acme.example' && type === 'TXT'))
const publish = (record: string, ...more: typeof others) => {
  for (const own of tree.own) own.behaviour = answering([...others, txtRecord('acme.example', record), ...more])
}
const spf = (...argv: string[]) =>
  run({env: {DATABASE_URL: database.url('op_viewer'), ...environmentOf(tree)}}, ['domain', 'spf', ...argv])

it('shows which term lets the IP send, and every term on the way', async () => {
  publish(
    'v=spf1 include:spf.acme.example -all',
    txtRecord('spf.acme.example', 'v=spf1 ip4:192.0.2.1 ip4:192.0.2.25 -all'),
  )
  const {stdout, exitCode} = await spf('acme.example', '192.0.2.25', '-o', 'table')
  expect({exitCode, stdout}).toEqual({
    exitCode: 0,
    stdout: `192.0.2.25: pass
by include:spf.acme.example → ip4:192.0.2.25
1 of 10 look-ups, 0 of 2 that find nothing

Term by term
  include:spf.acme.example: match
    ip4:192.0.2.1: no match
    ip4:192.0.2.25: match
`,
  })
})

it('tells scripts the same', async () => {
  publish('v=spf1 ip4:192.0.2.25 -all')
  const {stdout, exitCode} = await spf('acme.example', '2001:DB8::1', '-o', 'json')
  const term = {depth: 0, domain: 'acme.example'}
  expect({exitCode, verdict: JSON.parse(stdout)}).toEqual({
    exitCode: 9,
    verdict: {
      domain: 'acme.example',
      ip: '2001:db8::1',
      helo: 'acme.example',
      result: 'fail',
      path: [{...term, term: '-all', at: 22, outcome: 'match'}],
      reason: null,
      explanation: null,
      lookups: 0,
      voids: 0,
      trace: [
        {...term, term: 'ip4:192.0.2.25', at: 7, outcome: 'no match'},
        {...term, term: '-all', at: 22, outcome: 'match'},
      ],
    },
  })
})

it('takes the HELO name that it is given, else the one that pm knows of a sender', async () => {
  publish('v=spf1 exists:%{h}.acme.example -all')
  await ask(database, `update domains set mailu_domain = 'mx.acme.example' where domain = 'acme.example'`)
  const [sender] = await ask(
    database,
    `select i.ip_address as ip from domain_ip_assignments a join domains d on d.id = a.domain_id
     join smtp_ip_addresses i on i.id = a.smtp_ip_address_id
     where d.domain = 'acme.example' and a.status in ('active', 'warming') limit 1`,
  )
  const {ip} = sender as {ip: string}
  const heloOf = async (...argv: string[]) => JSON.parse((await spf(...argv, '-o', 'json')).stdout).helo
  expect([
    await heloOf('acme.example', ip),
    await heloOf('acme.example', ip, '--helo', 'other.example'),
    await heloOf('acme.example', '192.0.2.99'),
  ]).toEqual(['mx.acme.example', 'other.example', 'acme.example'])
})

it('exits 10 where DNS does not say', async () => {
  for (const own of tree.own) own.behaviour = behaviours.failing
  const {stdout, exitCode} = await spf('acme.example', '192.0.2.25', '-o', 'json')
  expect({exitCode, result: JSON.parse(stdout).result}).toEqual({exitCode: 10, result: 'temperror'})
})

it('says what is wrong with a record that cannot be evaluated, and lets nothing out that moves the cursor', async () => {
  publish('v=spf1 \u001b[2Jip4:192.0.2.25 -all')
  const {stdout, exitCode} = await spf('acme.example', '192.0.2.25', '-o', 'table')
  expect({exitCode, isClean: !stdout.includes('\u001b'), first: stdout.split('\n')[0]}).toEqual({
    exitCode: 9,
    isClean: true,
    first: '192.0.2.25: permerror',
  })
})

it('takes only an address for one', async () => {
  const {stderr, exitCode} = await spf('acme.example', '192.0.2.0/24')
  expect({exitCode, asked: tree.resolver.asked}).toEqual({exitCode: 2, asked: []})
  expect(stderr).toContain('“192.0.2.0/24” is not an IP address.')
})

it.each([[[]], [['acme.example']]])('asks for what is left out only where somebody is there: %j', async (argv) => {
  expect((await spf(...argv)).exitCode).toBe(2)
})
