import {expect, test} from 'vitest'
import {Fresh} from '../../../src/cli/screen/fresh.ts'

test('at first nothing is fresh, then what has come or changed is', () => {
  const fresh = new Fresh()
  expect(fresh.mark(['a', 'b'])).toEqual({fresh: [false, false], gone: []})
  expect(fresh.mark(['a', 'c'])).toEqual({fresh: [false, true], gone: []})
  expect(fresh.mark(['c', 'd', 'a'])).toEqual({fresh: [true, true, false], gone: []})
})

test('what is fresh stays so for five rounds', () => {
  const fresh = new Fresh()
  fresh.mark([])
  const rounds = Array.from({length: 6}, () => fresh.mark(['a']).fresh[0])
  expect(rounds).toEqual([true, true, true, true, true, false])
})

test('time that passes and how wide something is drawn are no change', () => {
  const fresh = new Fresh()
  fresh.mark(['acme  just now  ok', 'umbra  in 3h', 'good  ▓▓░░', '  used   ▓░  1 / 9'])
  expect(fresh.mark(['acme  1m ago  ok', 'umbra  in 2h', 'good  ░▓▓░', '  used     ▓░░░  1 / 9']).fresh).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('a row that goes is told by its name for as long, unless it comes back', () => {
  const fresh = new Fresh(2)
  fresh.mark(['NAME  STATE', 'acme  ok', 'umbra  ok', 'No more.'])
  expect(fresh.mark(['NAME  STATE', 'umbra  failed']).gone).toEqual(['acme'])
  expect(fresh.mark(['NAME  STATE']).gone).toEqual(['acme', 'umbra'])
  expect(fresh.mark(['NAME  STATE', 'umbra  ok'])).toEqual({fresh: [false, true], gone: []})
})
