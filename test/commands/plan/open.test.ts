import {chmod, mkdtemp, readFile, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'
import {run, type World} from '../../support/run.ts'

let database: TestDatabase
const pm = (argv: readonly string[], {env, ...world}: World = {}) =>
  run({env: {DATABASE_URL: database.url('op_viewer'), ...env}, ...world}, argv)

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const productOf = async (slug: string) =>
  (await ask<{id: string}>(database, `select stripe_product_id as id from plans where slug = '${slug}'`))[0]?.id
const dashboard = 'https://dashboard.stripe.com/acct_1SandboxPenguin00'

/** A browser that writes down what it is told to open. */
async function browser(): Promise<{program: string; opened: () => Promise<string>}> {
  const folder = await mkdtemp(join(tmpdir(), 'pm-browser-'))
  const [program, page] = [join(folder, 'browser'), join(folder, 'page')]
  await writeFile(program, `#!/bin/sh\nprintf '%s' "$#:$1" > '${page}.new' && mv '${page}.new' '${page}'\n`)
  await chmod(program, 0o700)
  const opened = async (): Promise<string> =>
    readFile(page, 'utf8').catch(async () => {
      await new Promise((resolve) => setTimeout(resolve, 10))
      return opened()
    })
  return {program, opened}
}

test('the address is printed where there is nobody at a terminal, in the mode of the context', async () => {
  const product = await productOf('growth')
  expect(await pm(['plan', 'open', 'growth'])).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `${dashboard}/test/products/${product}\n`,
  })
  const live = await pm(['plan', 'open', 'growth'], {env: {PM_STRIPE_MODE: 'live'}})
  expect(live.stdout).toBe(`${dashboard}/products/${product}\n`)
})

test('a terminal with a browser gets the page opened there, and says so', async () => {
  const {program, opened} = await browser()
  const terminal = {isTTY: {stdout: true, stderr: true}, env: {BROWSER: program}}
  const url = `${dashboard}/test/products/${await productOf('scale')}`
  expect(await pm(['plan', 'open', 'Scale'], terminal)).toEqual({exitCode: 0, stdout: '', stderr: `Opened ${url}\n`})
  expect(await opened()).toBe(`1:${url}`)
})

test.each([
  ['over ssh', {SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22', BROWSER: '/bin/false'}],
  ['with a browser that is not there', {BROWSER: '/no/such/browser'}],
])('a terminal %s gets the address', async (_where, env) => {
  const ran = await pm(['plan', 'open', 'growth'], {isTTY: {stdout: true}, env, width: 200})
  expect(ran).toMatchObject({exitCode: 0, stderr: ''})
  expect(ran.stdout).toContain(`${dashboard}/test/products/${await productOf('growth')}`)
})

test('who asks for data gets data, also where a browser could be started', async () => {
  const world = {isTTY: {stdout: true}, env: {BROWSER: '/bin/false'}}
  const {stdout} = await pm(['plan', 'open', 'growth', '-o', 'json'], world)
  expect(JSON.parse(stdout)).toEqual([{url: `${dashboard}/test/products/${await productOf('growth')}`}])
})

test('a payment is opened by its id or its payment intent', async () => {
  const [payment] = await ask<{id: string; intent: string}>(
    database,
    'select id, stripe_payment_intent_id as intent from payments where stripe_payment_intent_id is not null limit 1',
  )
  const url = `${dashboard}/test/payments/${payment?.intent}\n`
  expect((await pm(['payment', 'open', String(payment?.id)])).stdout).toBe(url)
  expect((await pm(['payment', 'open', String(payment?.intent)])).stdout).toBe(url)
})

test.each([
  ['an id that is none of Stripe’s', `update plans set stripe_product_id = 'prod_x/../../evil' where slug = 'founder'`],
  ['no id', `update plans set stripe_product_id = null where slug = 'founder'`],
])('%s is no page', async (_what, arrange) => {
  await ask(database, arrange)
  const {exitCode, stdout, stderr} = await pm(['plan', 'open', 'founder'])
  expect({exitCode, stdout}).toEqual({exitCode: 3, stdout: ''})
  expect(stderr).toContain('founder has no page in the Stripe dashboard.')
})

test.each([
  [['plan', 'open', 'nobody'], 3, 'No plan nobody'],
  [['payment', 'open', 'pi_nobody'], 3, 'No payment pi_nobody'],
  [['payment', 'open'], 2, 'Which payment?'],
])('pm %j exits %i', async (argv, code, words) => {
  const {exitCode, stdout, stderr} = await pm(argv)
  expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''})
  expect(stderr).toContain(words)
})

test('an account that is none of Stripe’s makes no link', async () => {
  const other = await freshDatabase()
  await ask(other, `update system_config set value = '"../acct"' where key = 'stripe_account_id'`)
  const {exitCode, stderr} = await run({env: {DATABASE_URL: other.url('op_viewer')}}, ['plan', 'open', 'growth'])
  expect({exitCode, stderr}).toMatchObject({exitCode: 3})
  expect(stderr).toContain('stripe_account_id')
  await other.drop()
})
