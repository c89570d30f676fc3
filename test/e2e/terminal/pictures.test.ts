import {expect, test} from 'vitest'
import {displayWidth} from '../../../src/output/text-width.ts'
import {pmInTerminal, type Seat} from '../../support/terminal.ts'

const sizes: readonly Seat[] = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 40, rows: 15},
]
const worlds = [{}, {NO_COLOR: '1'}, {PM_ACCESSIBLE: '1'}]
const seats = sizes.flatMap((size) => worlds.map((env) => [size, env] as const))

async function shown(argv: readonly string[], {columns = 80, rows = 24}: Seat, env: Record<string, string>) {
  // As long as what is shown, so that none of it scrolls away.
  const terminal = pmInTerminal(argv, {columns, rows: rows + 100, env: {...env}})
  const exitCode = await terminal.ended()
  return {exitCode, raw: terminal.raw, lines: (await terminal.shown()).split('\n')}
}

const glyphs = /[▓░]/
const color = /\u001B\[\d+m/

test.each(seats)('how long domains have been warming up, at %o with %o', async (size, env) => {
  const {exitCode, raw, lines} = await shown(['ip', 'show', '203.0.113.24'], size, env)
  const at = lines.findIndex((line) => line.startsWith('Warming up'))
  expect([exitCode, lines[at]]).toEqual([0, 'Warming up; stuck after 30 days'])
  expect(lines[at + 1]).toMatch(/^ {2}tidewater\.example {2}.*\d+ of 30 days$/)
  expect(glyphs.test(lines.join('\n'))).toBe(!('PM_ACCESSIBLE' in env))
  expect(color.test(raw)).toBe(!('NO_COLOR' in env))
})

test.each(seats)('a tenant’s domains against their records, at %o with %o', async (size, env) => {
  const {exitCode, lines} = await shown(['tenant', 'dns', 'acme'], size, env)
  expect(exitCode).toBe(0)
  expect(lines.find((line) => line.startsWith('DOMAIN'))).toMatch(/SPF +DKIM +DMARC/)
  expect(lines.find((line) => line.startsWith('acme-offers'))).toMatch(/ ok +ok +FAILS/)
  expect(lines.filter((line) => displayWidth(line) > (size.columns ?? 0))).toEqual([])
})

test.each(seats)('where subscriptions go, at %o with %o', async (size, env) => {
  const {exitCode, lines} = await shown(['plan', 'pending'], size, env)
  const flows = lines.filter((line) => / → |^ {2}from /.test(line))
  expect([exitCode, flows.length > 0]).toEqual([0, true])
  for (const line of flows)
    expect(line).toMatch('PM_ACCESSIBLE' in env ? /^ {2}from \S+ to \S+ +\d+$/ : /\S+ → \S+ .*\d+$/)
})

test.each(sizes)('help has no line that a terminal of %o would break', async (size) => {
  for (const argv of [
    ['--help'],
    ['ip', '--help'],
    ['plan', 'change', '--help'],
    ['help', 'bulk'],
    ['help', 'options'],
  ]) {
    const {exitCode, raw} = await shown(argv, size, {NO_COLOR: '1'})
    // What is to be copied is broken between its flags alone.
    const lines = raw
      .replaceAll('\r', '')
      .split('\n')
      .filter((line) => !/^ +pm |\\$/.test(line))
    expect([exitCode, lines.filter((line) => displayWidth(line) > (size.columns ?? 0))]).toEqual([0, []])
  }
})

test('help of a command fits the screen of a usual terminal', async () => {
  const terminal = pmInTerminal(['ip', 'quarantine', '--help'], {columns: 80, rows: 24})
  expect(await terminal.ended()).toBe(0)
  expect((await terminal.screen()).split('\n')[0]).toBe('pm ip quarantine IP... [FLAGS]')
})
