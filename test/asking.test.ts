import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Asker} from '../src/cli/asker.ts'
import {describedClass} from '../src/cli/command-line/described-class.ts'
import {argumentsOf} from '../src/cli/command-line/slots.ts'
import {globalFlags} from '../src/cli/options.ts'
import {Interrupted} from '../src/rules/errors.ts'
import {freshDatabase, type TestDatabase} from './support/database.ts'
import {commandIds, loadCommand, run} from './support/run.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

// Without its argument it is about the context in force.
const doWithout = new Set(['context show'])

const terminal = {stdin: true, stdout: false, stderr: true}

/** Answers with the first of what is offered, until something was asked about as many nouns. */
function answering(nouns: readonly string[]) {
  const asked: string[] = []
  const next = async (message: string, answer: () => Promise<string>) => {
    const noun = message.match(/^Which (?:deleted )?(.+)\?$/)?.[1]
    if (noun && nouns.includes(noun)) asked.push(noun)
    if (asked.length >= nouns.length) throw new Interrupted('Nothing was changed.')
    return answer()
  }
  const asker: Asker = {
    search: (message, find) => next(message, async () => (await find(''))[0]?.value ?? '1'),
    choose: (message, choices) => next(message, async () => choices.at(-1)?.value ?? ''),
    text: (message) => next(message, async () => '2031-01-01'),
    yesNo: async () => false,
    typed: async () => '',
  }
  return {asked, asker}
}

const commands = await Promise.all(commandIds().map(async (id) => [id, await loadCommand(id)] as const))
const naming = commands.flatMap(([id, {usage, args, flags}]) => {
  if (doWithout.has(id)) return []
  const described = describedClass(id, {usage, args, flags: {...globalFlags, ...flags}})
  const nouns = argumentsOf(described).flatMap(({noun}) => noun ?? [])
  return nouns.length > 0 ? [[id, nouns] as const] : []
})

describe.each(naming)('pm %s', (id, nouns) => {
  test(`asks for what is left out: ${nouns.join(', ')}`, async () => {
    const named = nouns.map((noun) => noun.replace('deleted ', ''))
    const {asked, asker} = answering(named)
    const env = {DATABASE_URL: database.url('op_admin')}
    const {exitCode} = await run({env, isTTY: terminal, asker}, id.split(' '))
    expect([asked, exitCode]).toEqual([named, 130])
  })

  test('never asks off a terminal, nor with --no-input', async () => {
    const {asked, asker} = answering(['nothing'])
    const env = {DATABASE_URL: database.url('op_admin')}
    const words = id.split(' ')
    expect((await run({env, asker}, words)).exitCode).toBe(2)
    expect((await run({env, asker, isTTY: terminal}, [...words, '--no-input'])).exitCode).toBe(2)
    expect((await run({env: {...env, PM_NO_INPUT: '1'}, asker, isTTY: terminal}, words)).exitCode).toBe(2)
    expect(asked).toEqual([])
  })
})
