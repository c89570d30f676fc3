import {expect, test} from 'vitest'
import {partly} from '../../src/changes/partly.ts'
import {PartlyDone} from '../../src/rules/errors.ts'

const left = (n: number) => new PartlyDone(`${n} is left.`, {hint: `Run ${n}.`, details: {n}})

test('what was left undone of one is told as ever', () => {
  const only = left(1)
  expect(partly([], [only])).toBe(only)
})

test('what was done and what was left of several is one error, with all hints', () => {
  expect(partly(['Ended 2.'], [left(1), left(2)])).toMatchObject({
    message: 'Ended 2. 1 is left. 2 is left.',
    hint: 'Run 1. Run 2.',
    details: [
      {message: '1 is left.', details: {n: 1}},
      {message: '2 is left.', details: {n: 2}},
    ],
  })
})

test('of many the first are told, and how many more there are; the details have all', () => {
  const {message, hint, details} = partly(
    [],
    Array.from({length: 3_000}, (_, n) => left(n)),
  )
  expect(message).toBe('0 is left. 1 is left. 2 is left. 3 is left. 4 is left. … and 2,995 more.')
  expect(hint).toBe('Run 0. Run 1. Run 2. Run 3. Run 4. … and 2,995 more: -o json has them all.')
  expect(details).toHaveLength(3_000)
})
