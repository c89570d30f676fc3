import {userInfo} from 'node:os'
import {expect, test} from 'vitest'
import {foldersOf} from '../../src/cli/folders.ts'

test('pm keeps what is the operator’s own in the folders of XDG', () => {
  const env = {XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/k'}
  expect(foldersOf(env)).toEqual({config: '/c/pm', data: '/d/pm', cache: '/k/pm'})
})

test('each folder can be named by itself', () => {
  expect(foldersOf({HOME: '/h', PM_DATA_DIR: '/elsewhere'}).data).toBe('/elsewhere')
})

test('an empty HOME is no folder to work in: the home of the account is', () => {
  const {HOME} = process.env
  process.env.HOME = ''
  try {
    expect(foldersOf({HOME: ''}).config.startsWith(userInfo().homedir)).toBe(true)
  } finally {
    process.env.HOME = HOME
  }
})
