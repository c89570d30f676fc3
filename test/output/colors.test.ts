import {expect, test} from 'vitest'
import {colorEnabled, painter} from '../../src/output/colors.ts'
import {withVisibleEscapes} from './addresses.ts'

const terminal = {flag: 'auto', isTTY: true} as const
const pipe = {flag: 'auto', isTTY: false} as const

test('obeys the flag before everything else', () => {
  expect(colorEnabled({flag: 'always', isTTY: false, env: {NO_COLOR: '1', TERM: 'dumb'}})).toBe(true)
  expect(colorEnabled({flag: 'never', isTTY: true, env: {FORCE_COLOR: '1', CLICOLOR_FORCE: '1'}})).toBe(false)
})

test('obeys NO_COLOR before what forces colour, unless it is empty', () => {
  expect(colorEnabled({...terminal, env: {NO_COLOR: '1', FORCE_COLOR: '1'}})).toBe(false)
  expect(colorEnabled({...terminal, env: {NO_COLOR: '0'}})).toBe(false)
  expect(colorEnabled({...terminal, env: {NO_COLOR: ''}})).toBe(true)
})

test('colours a pipe only when forced', () => {
  expect(colorEnabled({...pipe, env: {}})).toBe(false)
  expect(colorEnabled({...pipe, env: {FORCE_COLOR: '1', CLICOLOR: '0', TERM: 'dumb'}})).toBe(true)
  expect(colorEnabled({...pipe, env: {FORCE_COLOR: 'true'}})).toBe(true)
  expect(colorEnabled({...pipe, env: {CLICOLOR_FORCE: '1'}})).toBe(true)
  expect(colorEnabled({...pipe, env: {FORCE_COLOR: '', CLICOLOR_FORCE: '0'}})).toBe(false)
})

test('takes FORCE_COLOR=0 as a wish for no colour', () => {
  expect(colorEnabled({...terminal, env: {FORCE_COLOR: '0'}})).toBe(false)
})

test('colours a terminal unless CLICOLOR or TERM says no', () => {
  expect(colorEnabled({...terminal, env: {TERM: 'xterm-256color'}})).toBe(true)
  expect(colorEnabled({...terminal, env: {CLICOLOR: '0'}})).toBe(false)
  expect(colorEnabled({...terminal, env: {CLICOLOR: '1', TERM: 'dumb'}})).toBe(false)
})

test('paints each tone, whatever chalk itself would have detected', async () => {
  const paint = await painter(true)
  const tones = ['good', 'warn', 'bad', 'info', 'dim', 'strong', undefined] as const
  expect(tones.map((tone) => withVisibleEscapes(paint('x', tone)))).toMatchInlineSnapshot(`
    [
      "␛[32mx␛[39m",
      "␛[33mx␛[39m",
      "␛[31mx␛[39m",
      "␛[36mx␛[39m",
      "␛[2mx␛[22m",
      "␛[1mx␛[22m",
      "x",
    ]
  `)
})

test('paints nothing without colour', async () => {
  const paint = await painter(false)
  expect(paint('x', 'bad')).toBe('x')
})
