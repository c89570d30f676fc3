import {afterAll, afterEach, beforeAll, beforeEach, expect, it} from 'vitest'
import type {ExpectedRecord} from '../../../src/rules/dns-record.ts'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {type Behaviour, txtRecord} from '../../support/dns/fake-server.ts'
import {
  above,
  answering,
  below,
  environmentOf,
  type FakeTree,
  resolving,
  startTree,
} from '../../support/dns/fake-tree.ts'
import {ask} from '../../support/records.ts'
import {run} from '../../support/run.ts'

const spf: ExpectedRecord = {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 -all'}
const dmarc: ExpectedRecord = {
  record_type: 'DMARC',
  name: '_dmarc',
  value: 'v=DMARC1; p=reject; rua=mailto:dmarc@acme.example',
}

let database: TestDatabase
let tree: FakeTree
beforeAll(async () => {
  database = await freshDatabase()
  // Nobody sends for it, so that only what is stored matters.
  await ask(
    database,
    `delete from domain_ip_assignments where domain_id = (select id from domains where domain = 'acme.example')`,
  )
})
afterAll(() => database.drop())
beforeEach(async () => {
  tree = await startTree()
  await expectOf(spf, dmarc)
})
afterEach(() => tree.close())

async function expectOf(...records: ExpectedRecord[]): Promise<void> {
  await ask(database, `update domains set dns_records = '${JSON.stringify({records})}' where domain = 'acme.example'`)
}

const now = new Date(2026, 10, 28, 14, 2, 11)

function watch(...flags: string[]) {
  const env = {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)}
  return run({env, now}, ['domain', 'watch', 'acme.example', '--every', '1', ...flags])
}

/** Each server behaves so when it is first asked for this name and type, and so from then on. */
function once(question: string, first: Behaviour, later: Behaviour): Behaviour {
  const asked = new Set<string>()
  return (incoming) => {
    const isFirst = `${incoming.question.name} ${incoming.question.type}` === question && !asked.has(question)
    if (isFirst) asked.add(question)
    return isFirst ? first(incoming) : later(incoming)
  }
}

const without = (name: string) => below.filter((record) => record.name !== name)

it('ends at once where all is right everywhere', async () => {
  expect(await watch('-o', 'table')).toEqual({
    stdout: '14:02:11  SPF: right everywhere\n14:02:11  DMARC: right everywhere\n',
    stderr: 'All 2 records of acme.example are right everywhere.\n',
    exitCode: 0,
  })
})

it('says a line for what changes, when it changes, and nothing for what stays', async () => {
  for (const own of tree.own) {
    own.behaviour = once('_dmarc.acme.example TXT', answering(without('_dmarc.acme.example')), answering(below))
  }
  expect(await watch('-o', 'table')).toEqual({
    stdout: '14:02:11  SPF: right everywhere\n14:02:11  DMARC: missing\n14:02:11  DMARC: missing → right everywhere\n',
    stderr: 'All 2 records of acme.example are right everywhere.\n',
    exitCode: 0,
  })
})

it('says by when caches have forgotten what was before', async () => {
  const old = [...above, ...without('_dmarc.acme.example'), txtRecord('_dmarc.acme.example', 'v=DMARC1; p=none', 1_860)]
  tree.resolver.behaviour = once('_dmarc.acme.example TXT', resolving(old), resolving([...above, ...below]))
  expect(await watch('-o', 'table')).toEqual({
    stdout: [
      '14:02:11  SPF: right everywhere',
      '14:02:11  DMARC: right at the source, a cache has the old one until 14:33',
      '14:02:11  DMARC: right at the source, a cache has the old one → right everywhere\n',
    ].join('\n'),
    stderr: 'Right at the source; right everywhere by 14:33.\nAll 2 records of acme.example are right everywhere.\n',
    exitCode: 0,
  })
})

it('does not take a record for right that is published as it should be and does not work', async () => {
  const value = `v=spf1 ${Array.from({length: 11}, (_, at) => `a:h${at}.acme.example`).join(' ')} -all`
  await expectOf({...spf, value})
  const others = below.filter(({name, type}) => name !== 'acme.example' || type !== 'TXT')
  for (const own of tree.own) own.behaviour = answering([...others, txtRecord('acme.example', value)])
  const {stdout, exitCode} = await watch('-o', 'table', '--timeout', '1s')
  expect({stdout, exitCode}).toEqual({stdout: '14:02:11  SPF: published, but does not work\n', exitCode: 12})
})

it('gives up when its time is over, and says what is not right', async () => {
  for (const own of tree.own) own.behaviour = answering(without('_dmarc.acme.example'))
  const {exitCode, stderr} = await watch('--timeout', '1s')
  expect({exitCode, stderr}).toEqual({
    exitCode: 12,
    stderr:
      'Error: The time is over, and the records of acme.example are not right everywhere: DMARC.\nSee what is wrong: pm domain doctor acme.example (timed_out, exit 12)\n',
  })
})

it('is whole JSON also where its time is over', async () => {
  for (const own of tree.own) own.behaviour = answering(without('_dmarc.acme.example'))
  const {exitCode, stdout} = await watch('--timeout', '1s', '-o', 'json')
  expect(exitCode).toBe(12)
  expect(JSON.parse(stdout)).toMatchObject([
    {record: 'SPF', to: 'ok'},
    {record: 'DMARC', to: 'missing'},
  ])
})

it('gives up in time also while servers keep silent', async () => {
  for (const own of tree.own) own.behaviour = () => {}
  const {exitCode, stderr} = await watch('--timeout', '1s')
  expect(exitCode).toBe(12)
  expect(stderr).toContain('The time is over, and the records of acme.example are not known yet.')
})

it('is no success where nothing is expected', async () => {
  await expectOf()
  expect(await watch()).toEqual({
    stdout: '',
    stderr:
      'Error: Nothing is expected of acme.example, so there is nothing to watch.\nSay what it shall have: pm domain records set acme.example --help (conflict, exit 6)\n',
    exitCode: 6,
  })
})

it('gives programs every change as it comes', async () => {
  const {stdout} = await watch('-o', 'ndjson')
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(
    [
      {record: 'SPF', name: 'acme.example'},
      {record: 'DMARC', name: '_dmarc.acme.example'},
    ].map((record) => ({at: now.toISOString(), ...record, from: null, to: 'ok', retry_after_s: null})),
  )
})

it.each(['soon', '0s', '8d', '-1m', '1h30m'])('does not take %s for a length of time', async (text) => {
  const {exitCode, stderr} = await watch(`--timeout=${text}`)
  expect({exitCode, stderr}).toEqual({exitCode: 2, stderr: expect.stringContaining(`“${text}” is no length of time.`)})
})
