import {expect, test} from 'vitest'
import {InOrder} from '../../src/cli/in-order.ts'

test('the last one of which all before it are done, whatever else is done behind it', () => {
  const order = new InOrder<string>()
  const seen = () => [order.last, order.doneBehind]
  for (const thing of ['a', 'b', 'c', 'd']) order.begin(thing)
  expect(seen()).toEqual([undefined, 0])
  order.end('b')
  order.end('d')
  expect(seen()).toEqual([undefined, 2])
  expect([...order.done]).toEqual(['b', 'd'])
  order.end('a')
  expect(seen()).toEqual(['b', 1])
  order.end('c')
  expect(seen()).toEqual(['d', 0])
})
