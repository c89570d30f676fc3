import {globSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {globalFlags, listFlags, storeFlags, writeFlags} from '../src/cli/options.ts'
import {WriteCommand} from '../src/cli/write-command.ts'
import {isPermission} from '../src/rules/permissions.ts'
import {commandIds, loadCommand} from './support/run.ts'

const root = new URL('..', import.meta.url)
const commands = await Promise.all(commandIds().map(async (id) => [id, await loadCommand(id)] as const))

describe.each(commands)('pm %s', (_id, command) => {
  test('says what it does in a sentence, with two examples that are commands of it', () => {
    expect(command.summary).toMatch(/^[A-Z].{0,78}\.$/)
    const examples = command.examples?.map(String) ?? []
    expect(examples.length).toBeGreaterThanOrEqual(2)
    for (const example of examples) expect(example).toContain('<%= config.bin %> <%= command.id %>')
  })

  test('has examples whose flags it has', () => {
    const known = new Set(Object.keys({...globalFlags, ...command.flags}))
    const used = (command.examples ?? []).flatMap((example) => [
      ...String(example).matchAll(/ --(?:no-)?([a-z][a-z-]*)/g),
    ])
    const named = used.map(([whole, name]) => (known.has(String(name)) ? String(name) : whole.trim().slice(2)))
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })

  test('declares the permission it needs', () => {
    expect(command.permission === 'none' || isPermission(command.permission)).toBe(true)
  })

  test('takes no argument from stdin unasked', () => {
    for (const argument of Object.values(command.args)) expect(argument.ignoreStdin).toBe(true)
  })

  test('has no flag that swallows the argument behind it', () => {
    const flags = Object.entries({...globalFlags, ...command.flags})
    const greedy = flags.filter(([, flag]) => 'multiple' in flag && flag.multiple && !flag.multipleNonGreedy)
    expect(greedy.map(([name]) => `${name} needs multipleNonGreedy: true`)).toEqual([])
  })

  test('has the flags of its kind, each with a sentence', () => {
    const flags = command.flags ?? {}
    const {write, confirm, 'max-rows': maxRows, ...others} = writeFlags
    if (command.prototype instanceof WriteCommand) {
      expect(flags).toMatchObject(others)
      expect([write, storeFlags.write]).toContain(flags.write)
      // Both, or neither where nobody ever types a name.
      expect([undefined, confirm]).toContain(flags.confirm)
      expect(flags['max-rows']).toBe(flags.confirm && maxRows)
    }
    if ('sort' in flags) expect(flags).toMatchObject(listFlags)
    for (const [name, {description}] of Object.entries({...globalFlags, ...flags})) {
      expect(`${name}: ${description}`).toMatch(/: [A-Za-z‘“"].*[.”]$/s)
    }
    const valued = Object.entries({...globalFlags, ...flags}).filter(([, flag]) => flag.type === 'option')
    expect(
      valued.flatMap(([name, flag]) => ('helpValue' in flag && flag.helpValue ? [] : [`--${name} needs a helpValue`])),
    ).toEqual([])
  })
})

test('a short flag means the same everywhere', () => {
  const meanings = new Map<string, Set<string>>()
  for (const [, {flags}] of commands) {
    for (const [name, {char}] of Object.entries({...globalFlags, ...flags})) {
      if (char) meanings.set(char, (meanings.get(char) ?? new Set()).add(name))
    }
  }
  expect([...meanings].filter(([, names]) => names.size > 1)).toEqual([])
})

test('every topic that has commands has a description', () => {
  const {oclif} = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const topics = commands.flatMap(([id]) => {
    const words = id.split(' ').slice(0, -1)
    return words.map((_, index) => words.slice(0, index + 1).join(':'))
  })
  expect([...new Set(topics)].filter((topic) => oclif.topics[topic] === undefined)).toEqual([])
})

test('only the transaction helper makes an audited transaction', () => {
  const files = globSync('src/**/*.ts', {cwd: root})
  const makers = files.filter((file) =>
    /\[brand\]: true|as AuditedTransaction/.test(readFileSync(new URL(file, root), 'utf8')),
  )
  expect(makers).toEqual(['src/db/transaction.ts'])
})
