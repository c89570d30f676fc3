import {expect, test} from 'vitest'
import {shieldDescending} from '../../src/cli/descending.ts'
import {freshDatabase} from '../support/database.ts'
import {run} from '../support/run.ts'

test.each([
  [
    ['--sort', '-created', '--limit', '5'],
    ['--sort', ' -created', '--limit', '5'],
  ],
  [['--sort=-created'], ['--sort= -created']],
  [
    ['--sort', 'created'],
    ['--sort', 'created'],
  ],
  [['--sort'], ['--sort']],
  [
    ['--sort', '--limit', '5'],
    ['--sort', '--limit', '5'],
  ],
  [
    ['--', '--sort', '-created', '--sort=-created'],
    ['--', '--sort', '-created', '--sort=-created'],
  ],
])('%j is %j', (typed, shielded) => {
  expect(shieldDescending(typed)).toEqual(shielded)
})

test.each(['-category', '-key'])('--sort %s sorts descending, whatever flag it looks like', async (field) => {
  const database = await freshDatabase()
  const world = {env: {DATABASE_URL: database.url('op_viewer')}}
  const shown = ['config', 'list', '--fields', field.slice(1), '-o', 'tsv', '--no-header']
  const {stdout} = await run(world, [...shown, '--sort', field])
  const lines = stdout.trim().split('\n')
  expect(lines).toEqual([...lines].sort().reverse())
  expect(await run(world, [...shown, `--sort=${field}`])).toEqual({stdout, stderr: '', exitCode: 0})
  await database.drop()
})
