import {afterEach, beforeEach, expect, it} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {environmentOf, type FakeTree, startTree} from '../../support/dns/fake-tree.ts'
import {run} from '../../support/run.ts'

interface Found {
  code: string
  section: string
  live: {server: string}[]
}

let database: TestDatabase
let tree: FakeTree
beforeEach(async () => {
  database = await freshDatabase()
  tree = await startTree()
})
afterEach(async () => {
  await tree.close()
  await database.drop()
})

const found = async (command: string, ...flags: string[]): Promise<Found[]> => {
  const env = {DATABASE_URL: database.url('op_admin'), ...environmentOf(tree)}
  const {stdout} = await run({env}, ['domain', command, 'acme.example', '-o', 'json', ...flags])
  const checked: {findings: Found[]} = [JSON.parse(stdout)].flat()[0]
  return checked.findings
}
const sectionsOf = (findings: readonly Found[]) => [...new Set(findings.map(({section}) => section))]

it.each(['check', 'doctor'])(
  'domain %s looks at extras and reputation only where --full asks for it',
  async (command) => {
    expect(sectionsOf(await found(command))).not.toContain('extras')
    expect(sectionsOf(await found(command, '--full')).slice(-2)).toEqual(['extras', 'reputation'])
  },
)

it('tells of a blocklist what the blocklist answered, and nothing of the domain’s own records', async () => {
  const findings = await found('check', '--full')
  const lists = findings.filter(({code}) => code.startsWith('BL_'))
  expect(new Set(lists.flatMap(({live}) => live.map(({server}) => server)))).toEqual(
    new Set([`127.0.1.1:${tree.port}`]),
  )
  expect(findings.filter(({code}) => code === 'HOST_ADDRESS_MISSING')).toHaveLength(2)
})
