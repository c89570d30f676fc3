import {expect, test} from 'vitest'
import {acts} from '../../src/screens/acts.ts'
import {commandIds, loadCommand} from '../support/run.ts'

const all = Object.entries(acts).flatMap(([topic, list]) => list.map(({command}) => ({topic, command})))

test.each(all)('$command, offered on the page of $topic, is a command that takes a name', async ({command}) => {
  expect(commandIds()).toContain(command)
  const {args, strict} = await loadCommand(command)
  expect(Object.keys(args).length > 0 || !strict).toBe(true)
})

test.each(Object.keys(acts))('pm %s has a page to offer them on', (topic) => {
  expect(commandIds().some((id) => id === `${topic} show` || id === `${topic} get`)).toBe(true)
})
