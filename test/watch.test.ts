import {expect, test} from 'vitest'
import {commandIds, loadCommand} from './support/run.ts'

const shown = commandIds().filter((id) => /(^| )(list|show)$/.test(id))

test.each(shown)('pm %s can be watched', async (id) => {
  expect((await loadCommand(id)).flags).toHaveProperty('watch')
})
