import {expect, test} from 'vitest'
import {inPlace} from '../../src/cli/in-place.ts'

const root = new URL('../../', import.meta.url)
const project = {root, commands: new URL('src/commands/', root), extension: '.ts'} as const

test.each([
  ['pm audit undo 1', 'pm audit undo --context prod 1'],
  [
    'See what it did: pm job results 3   Do the rest after all: pm job retry 3',
    'See what it did: pm job results --context prod 3   Do the rest after all: pm job retry --context prod 3',
  ],
  ['It is about to leave it: pm plan keep.', 'It is about to leave it: pm plan keep --context prod.'],
  [
    'Set up by `pm db setup`, then `pm staff enroll`.',
    'Set up by `pm db setup --context prod`, then `pm staff enroll --context prod`.',
  ],
  [
    'Let them run: pm config set pm.jobs_halted false',
    'Let them run: pm config set --context prod pm.jobs_halted false',
  ],
  ['See where pm connects: pm context show.', 'See where pm connects: pm context show --context prod.'],
])('a command that is told says in which context: %s', (text, told) => {
  expect(inPlace(text, 'prod', project)).toBe(told)
  // And not twice.
  expect(inPlace(told, 'prod', project)).toBe(told)
})

test.each([
  'To consent: pm ip release 192.0.2.1 -c prod --yes',
  'Go on: pm job resume 3 --context prod',
  'See which there are: pm context list. All fields: pm schema',
  'Operators change domains through pm only.',
  'This is a bug in pm.',
])('what says it already, is the same everywhere, or is no command stays as it is: %s', (text) => {
  expect(inPlace(text, 'prod', project)).toBe(text)
})

test('a name that a shell would take apart is quoted', () => {
  expect(inPlace('pm job list', "it's", project)).toBe("pm job list --context 'it'\\''s'")
})
