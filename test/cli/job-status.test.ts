import {expect, it} from 'vitest'
import {JobStatus} from '../../src/cli/job-status.ts'
import type {Terminal} from '../../src/cli/terminal.ts'

/** A job of 1,000 items, told of second by second: what is drawn, and what is said in lines of their own. */
function follow(isTTY: boolean, told: readonly (readonly [worked_off: number, waitsFor?: string])[]) {
  const [drawn, said]: [string[], string[]] = [[], []]
  const terminal: Terminal = {
    write: async () => {},
    say: (line) => said.push(line),
    status: (line) => drawn.push(line ?? ''),
    readInput: async () => '',
    isTTY: {stdin: isTTY, stdout: isTTY, stderr: isTTY},
    width: 80,
  }
  let second = 0
  const status = new JobStatus(terminal, () => second * 1_000)
  for (const [worked_off, waitsFor] of told) {
    status.show({items: 1_000, worked_off, failed: 0}, waitsFor)
    second += 1
  }
  return {drawn, said}
}

const lock = 'waiting for a lock of op_billing (psql, pid 4711)'

it('says what it waits for while nothing moves, and counts that time for nothing afterwards', () => {
  const {drawn, said} = follow(true, [[0], [100], [200], [200, lock], [200], [200, lock], [300], [400]])
  expect(drawn).toEqual([
    '0 of 1,000',
    '100 of 1,000 · 100 a second · 9 s left',
    '200 of 1,000 · 100 a second · 8 s left',
    `200 of 1,000 · ${lock}`,
    `200 of 1,000 · ${lock}`,
    `200 of 1,000 · ${lock}`,
    '300 of 1,000 · 100 a second · 7 s left',
    '400 of 1,000 · 100 a second · 6 s left',
  ])
  expect(said).toEqual([])
})

it('names no pace once nothing has moved for some seconds, though nobody knows why', () => {
  const {drawn} = follow(true, [[0], [100], [100], [100], [100], [100]])
  expect(drawn.slice(1)).toEqual([
    '100 of 1,000 · 100 a second · 9 s left',
    '100 of 1,000 · 50 a second · 18 s left',
    '100 of 1,000 · 33 a second · 27 s left',
    '100 of 1,000 · nothing moved for 3 s',
    '100 of 1,000 · nothing moved for 4 s',
  ])
})

it('does not speak of one that waits while others go on', () => {
  const {drawn} = follow(true, [[0], [100, lock], [200, lock]])
  expect(drawn).toEqual([
    '0 of 1,000',
    '100 of 1,000 · 100 a second · 9 s left',
    '200 of 1,000 · 100 a second · 8 s left',
  ])
})

it('says once in a line when a long wait has begun and when it is over, where nothing can be drawn', () => {
  const waits = (from: number, seconds: number) => Array.from({length: seconds}, () => [from, lock] as const)
  expect(follow(false, [[0], [100], ...waits(100, 4), [200], ...waits(200, 12), [300]]).said).toEqual([
    'Waiting for a lock of op_billing (psql, pid 4711).',
    'It goes on, after 12 s.',
  ])
})

it('shows the name of another session as text, whatever it holds', () => {
  const hostile = 'waiting for a lock of op_billing (\u001b[2J, pid 4711)'
  const {said} = follow(false, [[0], ...Array.from({length: 6}, () => [0, hostile] as const)])
  expect(said).toEqual([expect.stringMatching(/^Waiting for a lock of op_billing \([^\u001b]*\[2J, pid 4711\)\.$/)])
})
