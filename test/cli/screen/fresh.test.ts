import {expect, test} from 'vitest'
import {Fresh} from '../../../src/cli/screen/fresh.ts'

test('at first nothing is fresh, then what has come or changed is', () => {
  const fresh = new Fresh()
  expect(fresh.mark(['a', 'b'])).toEqual([false, false])
  expect(fresh.mark(['a', 'c'])).toEqual([false, true])
  expect(fresh.mark(['c', 'd', 'a'])).toEqual([true, true, false])
})

test('what is fresh stays so for five rounds', () => {
  const fresh = new Fresh()
  fresh.mark([])
  const rounds = Array.from({length: 6}, () => fresh.mark(['a'])[0])
  expect(rounds).toEqual([true, true, true, true, true, false])
})

test('time that passes is no change', () => {
  const fresh = new Fresh()
  fresh.mark(['acme  just now  ok', 'umbra  in 3h'])
  expect(fresh.mark(['acme  1m ago  ok', 'umbra  in 2h'])).toEqual([false, false])
})
