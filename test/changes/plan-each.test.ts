import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {resetCounts} from '../../src/changes/account/reset-count.ts'
import {activateAccounts, suspendAccounts} from '../../src/changes/account/status.ts'
import {pauseCampaigns, resumeCampaigns} from '../../src/changes/campaign/status.ts'
import {addDomains} from '../../src/changes/domain/add.ts'
import {markDeployed} from '../../src/changes/domain/deployed.ts'
import {rateIps} from '../../src/changes/ip/rate.ts'
import {releaseIps, retireIps} from '../../src/changes/ip/status.ts'
import {type EachOf, planEach} from '../../src/changes/job/each-of.ts'
import {oneByOne, type SetWise} from '../../src/changes/set-wise.ts'
import {seed} from '../../src/db/seed.ts'
import {read, type Session} from '../../src/db/transaction.ts'
import type {MissedItem} from '../../src/rules/item-outcome.ts'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {type Listening, listenTo} from '../support/explained.ts'
import {ask} from '../support/records.ts'

// More than are planned in one batch, and less than in three.
const many = 600

let database: TestDatabase
let on: Listening
const names = {account: [] as string[], campaign: [] as string[], domain: [] as string[], IP: [] as string[]}

beforeAll(async () => {
  database = await freshDatabase()
  await seed(database.server('postgres'), many)
  await ask(
    database,
    `insert into smtp_ip_addresses (ip_address, status, reputation_state, assigned_count)
     select '198.18.' || n / 256 || '.' || n % 256, case n % 3 when 0 then 'quarantined' else 'available' end,
       case n % 5 when 0 then 'poor' else 'good' end, 0
     from generate_series(1, ${many}) n`,
  )
  await ask(
    database,
    `update email_accounts set status = 'suspended', daily_count = 3 where email like 'hello@d1.t%7.example'`,
  )
  await ask(
    database,
    `update domains set dns_records = '{"records": [{"selector": "pm1", "needs_deployment": true}]}'
     where domain like 'd1.t%3.example'`,
  )
  await ask(database, `update tenants set deleted = now() where name like 'Seeded %15'`)
  names.account = await namesOf(`select email as name from email_accounts where email like 'hello@d1.t%' order by id`)
  names.campaign = await namesOf(`select name from campaigns where name like 'Campaign of %' order by id`)
  names.domain = await namesOf(`select domain as name from domains where domain like 'd1.t%' order by id`)
  names.IP = await namesOf('select ip_address as name from smtp_ip_addresses order by id')
  on = listenTo(database.server('op_admin'))
}, 240_000)

afterAll(async () => {
  await on.close()
  await database.drop()
})

/** The first so many of them, one that nothing is called in their midst. */
function some(noun: keyof typeof names, count: number): string[] {
  return names[noun].slice(0, count).toSpliced(count / 2, 1, noun === 'IP' ? '203.0.113.250' : 'nobody.example')
}

async function namesOf(query: string): Promise<string[]> {
  return (await ask<{name: string}>(database, query)).map(({name}) => name)
}

/** A plan, with its items, and how many statements it took. */
async function planned<Input, Effect extends object>(each: EachOf<Input, Effect>) {
  on.take()
  const {items, ...plan} = await read(session(), 'none', (db, operator) => planEach(db, operator, each))
  return {plan: {...plan, items: [...items]}, statements: on.take().length}
}

function session(): Session {
  return {primary: on, identity: {kind: 'session'}, limits: {statementMs: 60_000, lockMs: 60_000}}
}

interface Verb<Input, Effect extends object> {
  change: SetWise<Input, Effect>
  noun: keyof typeof names
  inputOf: (name: string) => Input
  outcomes: readonly MissedItem['outcome'][]
}

function isPlannedSetWise<Input, Effect extends object>(verb: string, {outcomes, ...each}: Verb<Input, Effect>): void {
  const of = (targets: readonly string[]): EachOf<Input, Effect> => {
    const lines = new Map(targets.map((target, at) => [target, at + 1]))
    return {...each, verb, targets, lineOf: (target) => lines.get(target)}
  }

  test(`${verb}: each of many as it is planned alone`, async () => {
    const targets = some(each.noun, many)
    const {plan} = await planned(of(targets))
    const alone = await planned({...of(targets), change: oneByOne(each.change)})
    expect(plan).toEqual(alone.plan)
    expect(new Set(plan.missed.map(({outcome}) => outcome))).toEqual(new Set(outcomes))
    expect(plan.items.length).toBeGreaterThan(0)
    expect(plan.items.length + plan.missed.length).toBe(many)
  })

  test(`${verb}: in as many statements for five hundred as for one`, async () => {
    const [name = ''] = names[each.noun]
    const one = await planned(of([name]))
    const batch = await planned(of(some(each.noun, 500)))
    const two = await planned(of(some(each.noun, many)))
    expect([batch.statements, two.statements - batch.statements]).toEqual([one.statements, batch.statements - begun])
  })
}

// Who is there is asked once, not for each batch.
const begun = 1

describe('what changes many things is planned', () => {
  isPlannedSetWise('Suspend', {
    change: suspendAccounts,
    noun: 'account',
    inputOf: (name) => ({accounts: [name]}),
    outcomes: ['unknown', 'already'],
  })
  isPlannedSetWise('Activate', {
    change: activateAccounts,
    noun: 'account',
    inputOf: (name) => ({accounts: [name]}),
    outcomes: ['unknown', 'already'],
  })
  isPlannedSetWise('Reset', {
    change: resetCounts,
    noun: 'account',
    inputOf: (name) => ({accounts: [name]}),
    outcomes: ['unknown', 'already'],
  })
  isPlannedSetWise('Pause', {
    change: pauseCampaigns,
    noun: 'campaign',
    inputOf: (name) => ({campaigns: [name]}),
    outcomes: ['unknown', 'already', 'refused'],
  })
  isPlannedSetWise('Resume', {
    change: resumeCampaigns,
    noun: 'campaign',
    inputOf: (name) => ({campaigns: [name]}),
    outcomes: ['unknown', 'already', 'refused'],
  })
  isPlannedSetWise('Mark', {
    change: markDeployed,
    noun: 'domain',
    inputOf: (name) => ({domains: [name], selector: undefined}),
    outcomes: ['unknown', 'already'],
  })
  isPlannedSetWise('Rate', {
    change: rateIps,
    noun: 'IP',
    inputOf: (name) => ({ips: [name], reputation: 'poor' as const}),
    outcomes: ['unknown', 'already'],
  })
  isPlannedSetWise('Release', {
    change: releaseIps,
    noun: 'IP',
    inputOf: (name) => ({ips: [name], as: 'available' as const}),
    outcomes: ['unknown', 'refused'],
  })
  isPlannedSetWise('Retire', {
    change: retireIps,
    noun: 'IP',
    inputOf: (name) => ({ips: [name]}),
    outcomes: ['unknown', 'refused'],
  })
})

test('Domains are added in as many statements for five hundred as for one', async () => {
  const add = (domains: readonly string[]) =>
    planned({
      change: addDomains,
      noun: 'domain',
      verb: 'Add',
      targets: domains,
      inputOf: (name) => ({
        domains: [name],
        tenant: 'Seeded 0000001',
        company: 'Company 1',
        primary: false,
        adding: new Set<string>(),
      }),
    })
  const fresh = Array.from({length: 500}, (_, n) => (n === 250 ? 'D1.t9.example' : `new${n}.example`))
  const [one, batch] = [await add(fresh.slice(0, 1)), await add(fresh)]
  expect(batch).toMatchObject({
    statements: one.statements,
    plan: {
      subject: '499 domains',
      missed: [{outcome: 'refused', reason: 'There already: d1.t9.example (Seeded 0000009).'}],
    },
  })
})

const suspending = {change: suspendAccounts, noun: 'account', inputOf: (name: string) => ({accounts: [name]})}

test('how far the planning is, is told after each batch', async () => {
  const told: string[] = []
  const each = {...suspending, verb: 'Suspend', targets: some('account', many)}
  await read(session(), 'none', (db, operator) =>
    planEach(db, operator, each, (done, all) => told.push(`${done} of ${all}`)),
  )
  expect(told).toEqual(['500 of 600', '600 of 600'])
})

test('two names of one thing are told of, wherever in a list they stand', async () => {
  const [first = ''] = names.account
  const [id = ''] = await namesOf(`select id as name from email_accounts where email = '${first}'`)
  await expect(planned({...suspending, verb: 'Suspend', targets: [...some('account', many), id]})).rejects.toThrow(
    `“${first}” and “${id}” mean the same account.`,
  )
})

test('what does more than rows, and does not say it as data, is no job', async () => {
  const change = {...suspendAccounts, besides: async () => {}}
  const each = {change, verb: 'Suspend', noun: 'account', inputOf: (name: string) => ({accounts: [name]})}
  const targets = names.account.filter((name) => !name.includes('7.'))
  await expect(planned({...each, targets})).rejects.toThrow('What does more than rows is no job.')
})
