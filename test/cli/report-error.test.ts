import {describe, expect, test} from 'vitest'
import {reportError} from '../../src/cli/report-error.ts'
import {Conflict} from '../../src/rules/errors.ts'

const isTTY = {stdin: true, stdout: true, stderr: true}
const narrow = {isTTY, width: 40}
const lines = (error: Error, terminal = narrow) => reportError(error, false, terminal).text.split('\n')

const taken = new Conflict('The change to scale of tenant Acme was taken back meanwhile.')
const consent = new Conflict('The tenants Acme and Globex need your consent.', {
  hint: 'To consent to all that was shown: pm tenant delete Acme Globex --confirm Acme',
})

describe('on a terminal', () => {
  test('an error breaks between words', () => {
    expect(lines(taken)).toEqual([
      'Error: The change to scale of tenant',
      'Acme was taken back meanwhile.',
      '(conflict, exit 6)',
    ])
  })

  test('a hint breaks between words, and a command in it stays whole, to be copied', () => {
    expect(lines(consent)).toEqual([
      'Error: The tenants Acme and Globex need',
      'your consent.',
      'To consent to all that was shown:',
      'pm tenant delete Acme Globex --confirm Acme',
      '(conflict, exit 6)',
    ])
  })

  test('each of several hints begins a line, where one is too short for them', () => {
    const hint = 'See why: pm job results 12   Go on all the same: pm job resume 12'
    const stopped = new Conflict('Job 12 stopped.', {hint})
    expect(lines(stopped)).toEqual([
      'Error: Job 12 stopped.',
      'See why: pm job results 12',
      'Go on all the same: pm job resume 12',
      '(conflict, exit 6)',
    ])
    expect(lines(stopped, {isTTY, width: 90})).toEqual(['Error: Job 12 stopped.', `${hint} (conflict, exit 6)`])
  })

  test.each([
    [
      'Give the id: 1c0ffee1-one, 1c0ffee2-two, 1c0ffee3-three',
      ['Give the id: 1c0ffee1-one, 1c0ffee2-two,', '1c0ffee3-three (conflict, exit 6)'],
    ],
    [
      'Give the id: 1c0ffee1 (Acme Inc), 1c0ffee2 (Globex)',
      ['Give the id: 1c0ffee1 (Acme Inc),', '1c0ffee2 (Globex) (conflict, exit 6)'],
    ],
    [
      'It takes: plan, status, search, over-limit. See: pm tenant list --help',
      ['It takes: plan, status, search,', 'over-limit. See: pm tenant list --help', '(conflict, exit 6)'],
    ],
  ])('a list behind a colon breaks as the rest: %s', (hint, told) => {
    expect(lines(new Conflict('No.', {hint}))).toEqual(['Error: No.', ...told])
  })

  test('the stack of a bug stays as it is', () => {
    const bug = new Error('x'.repeat(50))
    bug.stack = `${bug.message}\n    at one\n    at two`
    expect(lines(bug)).toEqual([`Error: This is a bug in pm. ${bug.message}`, '    at one', '    at two (bug, exit 1)'])
  })

  test('a program still gets one line', () => {
    expect(reportError(consent, true, narrow).text).not.toContain('\n')
  })
})

test('off a terminal an error is one line, and its hint another', () => {
  expect(lines(taken, {isTTY: {...isTTY, stderr: false}, width: 40})).toEqual([
    `Error: ${taken.message} (conflict, exit 6)`,
  ])
  expect(lines(consent, {isTTY: {...isTTY, stderr: false}, width: 40})).toEqual([
    `Error: ${consent.message}`,
    `${consent.hint} (conflict, exit 6)`,
  ])
})
